"""A running shop: the web server, its state, and what tests do to it from outside."""

from simulation.server import Server

from . import seed_catalog, seed_large, seed_orders
from .app import Application
from .faults import Faults
from .limits import Gate
from .orders import Orders
from .products import Products
from .store import Store
from .webhooks import Webhooks


class Simulator(Server):
    """A shop with an API, a storefront and a control interface on 127.0.0.1.

    `limits=None` switches the rate limits off; `clock` (seconds) is theirs."""

    def __init__(
        self,
        seed="empty",
        limits=None,
        db=":memory:",
        port=0,
        key="key",
        secret="secret",
        webhook_url="",
        webhook_secret="webhook-secret",
        orders_lower_stock=False,
        clock=None,
    ):
        self.key, self.secret, self.webhook_secret = key, secret, webhook_secret
        self.store = Store(db)
        self.products = Products(self.store)
        self._gate_options = (limits, clock)
        self._webhook_url, self._orders_lower_stock = webhook_url, orders_lower_stock
        self._open()
        self.listen(Application(self), port)
        self.products.base_url = self.url
        if not self.store.count("product"):
            self._fill(seed)

    def _open(self):
        """All that is kept outside the store, as it begins."""
        self.faults = Faults()
        self.picture_requests = []  # paths, in the order they came
        self.gate = Gate(self.key, self.secret, *self._gate_options)
        self.webhooks = Webhooks(self._webhook_url, self.webhook_secret, self.faults)
        lower_stock = self._orders_lower_stock
        self.orders = Orders(self.store, self.products, self.webhooks, lower_stock)

    def _fill(self, seed):
        with self.store.transaction():
            if seed == "demo":
                seed_catalog.fill(self.products)
                seed_orders.fill(self.orders, self.products)
            elif seed == "large":
                seed_large.fill(self.products)

    def __exit__(self, *exception):
        super().__exit__(*exception)
        self.webhooks.stop()

    # Between tests

    def remember(self):
        """Keep the shop's state for `restore`."""
        self._remembered = self.store.copy()

    def restore(self):
        """The shop as it was remembered, at the same address; nothing goes wrong any more."""
        self.faults.clear()
        self.webhooks.stop()
        self.store.load(self._remembered)
        self._open()

    # What a test does to the shop

    def add_category(self, name, parent_id=0, **fields):
        return self.products.add_category(name, parent_id, **fields)

    def add_product(self, **fields):
        return self.products.add(fields)

    def add_order(self, lines, **header):
        return self.orders.place(lines, **header)

    def product(self, product_id):
        return self.store.get("product", product_id)

    def unit(self, unit_id):
        """A product or variant as the inventory shows it."""
        return self.products.unit("id", unit_id)[1]

    def order(self, order_id):
        return self.store.get("order", order_id)

    def update(self, kind, record_id, **fields):
        """Change a record as somebody in the shop's panel would."""
        with self.store.lock:
            record = {**self.store.get(kind, record_id), **fields}
            self.store.put(kind, record)
            return record

    def edit_order(self, order_id, lines=None, **fields):
        return self.orders.edit(order_id, lines, **fields)

    def split_order(self, order_id, quantities):
        return self.orders.split(order_id, quantities)

    def return_order(self, order_id, quantities, **fields):
        return self.orders.give_back(order_id, quantities, **fields)

    def remove(self, kind, record_id):
        self.store.delete(kind, record_id)

    # What a test looks at

    @property
    def calls(self):
        return self.store.calls()

    def clear_calls(self):
        self.store.clear_calls()

    def calls_of(self, method, path=""):
        """Logged calls of a method whose path (below /api/v2) starts with `path`."""
        return [
            call
            for call in self.calls
            if call["method"] == method and call["path"].startswith(path)
        ]
