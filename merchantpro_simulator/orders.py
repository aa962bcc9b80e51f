"""Orders: totals as the site computes them, the actions, and what may be changed."""

import hashlib

from . import money
from .errors import ApiError
from .products import check_writable, now

STATUS_TEXT = {
    "temporary": "Nefinalizată",
    "awaiting": "În așteptare",
    "confirmed": "Confirmată",
    "in_process": "În procesare",
    "shipped": "Expediată",
    "delivered": "Livrată",
    "returned": "Returnată",
    "cancelled": "Anulată",
    "paid": "Plătită",
    "failed": "Eșuată",
    "refunded": "Rambursată",
    "rejected": "Respinsă",
}
ACTIONS = {"confirmed", "in_process", "shipped", "delivered", "returned", "cancelled"}
WRITABLE = {
    "payment_status", "payment_substatus_id", "shipping_status", "shipping_substatus_id",
    "shipping_awb", "payment_method_code", "line_items", "customer_note",
}  # fmt: skip
# What a new order may also tell, beside who buys and where it goes.
CREATABLE = WRITABLE | {"currency", "meta_fields", "wallet_amount"}
BUYER = ("billing_", "shipping_", "customer_")
METHODS = {
    "cash_delivery": "Ramburs la curier",
    "wire": "Transfer bancar",
    "euplatesc": "Card online",
    "in_store": "Plata în magazin",
}
ADDRESS = (
    "name", "country_id", "country_code", "country_name", "state_id", "state", "district", "city",
    "address", "postal_code", "phone",
)  # fmt: skip
ROMANIA = {"country_id": 177, "country_code": "RO", "country_name": "România"}


class Orders:
    def __init__(self, store, products, webhooks, lower_stock):
        self._store = store
        self._products = products
        self._webhooks = webhooks
        self.lower_stock = lower_stock

    def place(self, lines, notify=True, **header):
        """An order of `lines`: dicts with product_id or sku, quantity, and any field to set
        otherwise than the site would. Header fields likewise."""
        with self._store.lock:
            items = [self._line(line) for line in lines]
            order = self._order(items, header)
            self._store.put("order", order)
            if self.lower_stock:
                self._count_down(items)
        if notify:
            self._webhooks.send(order)
        return order

    def _line(self, given):
        if "item_type" in given and given["item_type"] != "product":
            return self._discount(given)
        product, unit = {}, {}
        given = dict(given)
        # `missing`: the product was deleted from the catalogue after it was ordered.
        if not given.pop("missing", False) and (given.get("product_id") or given.get("sku")):
            column = "id" if given.get("product_id") else "sku"
            product, unit = self._products.unit(column, given.get("product_id") or given["sku"])
        percent = given.get("product_tax_percent", product.get("tax_value", 21))
        gross = given.get("unit_price_gross", unit.get("price_gross", 0))
        quantity = given.get("quantity", 1)
        options = ", ".join(pair["value"] for pair in unit.get("variant_options", []))
        line = {
            "id": self._store.next_id("line", 1),
            "item_type": "product",
            "product_id": unit.get("id"),
            "product_sku": unit.get("sku"),
            "product_ean": unit.get("ean"),
            "stock_snapshot": unit.get("stock"),
            "product_stock": f"{unit.get('stock') or 0:.3f}",
            "product_name": " ".join(filter(None, [product.get("name"), options])),
            "product_url": product.get("url"),
            "product_image_url": None,
            "product_tax_name": product.get("tax_name", "TVA"),
            "product_tax_percent": percent,
            "category_id": product.get("category_id"),
            "category_name": product.get("category_name"),
            "manufacturer_id": product.get("manufacturer_id"),
            "manufacturer_name": product.get("manufacturer_name"),
            "product_availability_id": None,
            "quantity": quantity,
            "unit_price_net": money.net_of(gross, percent),
            "unit_price_gross": gross,
            "weight": product.get("weight", 0),
            "backorder_quantity": 0,
            "meta_fields": {},
            "gift_card_delivery": None,
        }
        line["unit_tax_amount"] = money.net(line["unit_price_gross"] - line["unit_price_net"])
        line["line_subtotal_gross"] = money.gross(money.times(gross, quantity))
        line["line_subtotal_net"] = money.net_of(line["line_subtotal_gross"], percent)
        line["line_tax_amount"] = money.net(line["line_subtotal_gross"] - line["line_subtotal_net"])
        line.update({key: value for key, value in given.items() if key != "sku"})
        return line

    def _discount(self, given):
        """A discount row: negative, on the VAT rate given, or split by `applied_discounts`."""
        # A client that sends an order's lines back has the amount in the subtotal only.
        gross = -abs(given.get("amount", given.get("line_subtotal_gross", 0)))
        percent = given.get("product_tax_percent", 21)
        net = money.net_of(gross, percent)
        return {
            "id": self._store.next_id("line", 1),
            "product_id": None,
            "product_sku": None,
            "product_ean": None,
            "product_name": given.get("name", "Reducere"),
            "product_tax_name": "TVA" if percent is not None else None,
            "product_tax_percent": percent,
            "quantity": 1,
            "unit_price_net": net,
            "unit_tax_amount": money.net(gross - net),
            "unit_price_gross": gross,
            "line_subtotal_net": net,
            "line_tax_amount": money.net(gross - net),
            "line_subtotal_gross": gross,
            "meta_fields": {},
            **{key: value for key, value in given.items() if key not in ("amount", "name")},
        }

    def _order(self, items, header):
        number = header.pop("id", None) or str(self._store.next_id("order", 42210000))
        code = hashlib.sha256(number.encode()).hexdigest()[:32]
        method = header.get("payment_method_code", "cash_delivery")
        order = {
            "id": number,
            "sys_id": self._store.next_id("sys", 90000001),
            "public_code": code,
            "parent_id": None,
            "return_source_id": None,
            "rma_orders": [],
            "channel_id": None,
            "channel_name": None,
            "channel_ref_id": None,
            "payment_status": "awaiting",
            "payment_substatus_id": None,
            "payment_substatus_text": None,
            "payment_method_code": method,
            "payment_method_name": METHODS.get(method, method),
            "payment_transaction_id": None,
            "payment_details": [],
            "payment_date": None,
            "shipping_status": "awaiting",
            "shipping_substatus_id": None,
            "shipping_substatus_text": None,
            "shipping_method_id": 1,
            "shipping_method_name": "Curier rapid",
            "shipping_delivery_info": {"delivery_time": "1-2 zile"},
            "shipping_amount": 0,
            "shipping_tax_percent": 21,
            "shipping_awb": None,
            "carrier_tracking": [],
            "currency": "RON",
            "has_returns": False,
            "customer_id": None,
            "customer_email": "client@example.com",
            "customer_ip_address": None,
            "customer_ip_country": None,
            "customer_device": "mobile",
            "customer_lang": "ro_RO",
            "customer_note": None,
            "date_created": now(),
            "date_modified": now(),
            "created_by": "system",
            "source_type": "system",
            "meta_fields": {},
            "bank_name": None,
            "bank_account": None,
            "invoice": None,
            "tags": [],
            "info_url": f"{self._products.base_url}/order/{code}",
            "proforma_url": f"{self._products.base_url}/proforma/{code}",
            "line_items": items,
            **self._addresses(header),
        }
        order.update(header)
        self._fill_totals(order, header)
        order["payment_status_text"] = STATUS_TEXT.get(order["payment_status"], "")
        order["shipping_status_text"] = STATUS_TEXT.get(order["shipping_status"], "")
        return order

    def _addresses(self, header):
        billing = {"name": "Ana Popescu", **ROMANIA, "state_id": 12, "state": "Cluj",
                   "district": None, "city": "Cluj-Napoca", "address": "Str. Memorandumului 1",
                   "postal_code": "400114", "phone": "0722123456"}  # fmt: skip
        for key in ADDRESS:
            billing[key] = header.get(f"billing_{key}", billing[key])
        same = not any(key.startswith("shipping_") and key[9:] in ADDRESS for key in header)
        result = {"billing_type": "individual", "shipping_as_billing": same}
        for kind in ("billing", "shipping"):
            place = {key: header.get(f"{kind}_{key}", billing[key]) for key in ADDRESS}
            result.update({f"{kind}_{key}": value for key, value in place.items()})
            result[f"{kind}_full_address"] = ", ".join(
                str(place[key]) for key in ("address", "postal_code", "city", "state")
            )
        return result

    def _fill_totals(self, order, header):
        """total = goods + shipping − store credit; adding shipping is inferred, not documented."""
        gross = money.gross(sum(line["line_subtotal_gross"] for line in order["line_items"]))
        net = money.net(sum(line["line_subtotal_net"] for line in order["line_items"]))
        shipping = order["shipping_amount"]
        total = money.gross(gross + shipping - abs(order.get("wallet_amount") or 0))
        computed = {
            "shipping_tax_amount": money.net(
                shipping - money.net_of(shipping, order["shipping_tax_percent"])
            ),
            "subtotal_including_tax": gross,
            "subtotal_excluding_tax": net,
            "tax_amount": money.net(gross - net),
            "subtotal_amount": gross,
            "total_amount": total,
            "paid_amount": total if order["payment_status"] == "paid" else 0,
            "shipping_cod_amount": total if order["payment_method_code"] == "cash_delivery" else 0,
        }
        order.update({key: header.get(key, value) for key, value in computed.items()})

    def _count_down(self, items):
        for line in items:
            if self._store.unit_keys("id", line["product_id"]):
                product, unit = self._products.unit("id", line["product_id"])
                unit["stock"] -= line["quantity"]
                self._store.put("product", product)

    # What people do to orders in the shop's panel

    def edit(self, order_id, lines=None, **header):
        """Other lines (as in `place`), or other fields; the totals follow."""
        with self._store.lock:
            order = self.get(order_id)
            if lines is not None:
                order["line_items"] = [self._line(line) for line in lines]
            order.update(header, date_modified=now())
            self._fill_totals(order, header)
            return self._save(order)

    def split(self, order_id, quantities):
        """Move {product id: quantity} of an order into a new one, numbered behind a dot."""
        with self._store.lock:
            order = self.get(order_id)
            keep, move = [], []
            for line in order["line_items"]:
                taken = quantities.get(line["product_id"], 0)
                for lines, quantity in ((keep, line["quantity"] - taken), (move, taken)):
                    if quantity:
                        lines.append({**self._core(line), "quantity": quantity})
            number = 1
            while self._store.get("order", f"{order_id}.{number}"):
                number += 1
            header = {key: order[key] for key in order if key.startswith(BUYER)}
            header.update(payment_method_code=order["payment_method_code"], shipping_amount=0)
            header.update(payment_status=order["payment_status"], shipping_status="awaiting")
            self.edit(order_id, keep)
            return self.place(move, id=f"{order_id}.{number}", parent_id=order["sys_id"], **header)

    def give_back(self, order_id, quantities, listed=True, told=True, **header):
        """A return order of {product id: quantity}: negative lines, and both know each other. Not
        `listed`: found by its number only. Not `told`: only the other order says whose it is."""
        with self._store.lock:
            order = self.get(order_id)
            lines = [
                {**self._core(line), "quantity": -quantities[line["product_id"]]}
                for line in order["line_items"]
                if line["product_id"] in quantities
            ]
            buyer = {key: order[key] for key in order if key.startswith(BUYER)}
            buyer.update(shipping_amount=0, return_source_id=order_id if told else None, **header)
            if not listed:
                buyer["_unlisted"] = True
            back = self.place(lines, notify=listed, **buyer)
            order["rma_orders"].append({"id": int(back["id"]), "type": "return"})
            order.update(has_returns=True, date_modified=now())
            self._save(order)
            return back

    def _core(self, line):
        kept = ("product_id", "unit_price_gross", "product_tax_percent", "product_name")
        return {key: line[key] for key in kept}

    # The API's writes

    def get(self, order_id):
        order = self._store.get("order", order_id)
        if not order:
            raise ApiError(404, "not_found", "Order not found")
        return order

    def create(self, values, query):
        about_buyer = {key for key in values if key.startswith(BUYER)}
        values = check_writable(values, CREATABLE | about_buyer, query)
        lines = values.pop("line_items", None)
        if not lines:
            raise ApiError(400, "validation", "`line_items` is required")
        return self.place(lines, **values)

    def update(self, order_id, values, query):
        order = self.get(order_id)
        values = check_writable(values, WRITABLE, query)
        if "line_items" in values:
            values["line_items"] = [self._line(line) for line in values["line_items"]]
        order.update(values, date_modified=now())
        if "line_items" in values:
            self._fill_totals(order, {})
        return self._save(order)

    def act(self, order_id, action):
        order = self.get(order_id)
        if action == "create_invoice":
            number = self._store.next_id("invoice", 1024)
            order["invoice"] = {
                "prefix": "FCT",
                "number": str(number),
                "url": f"{self._products.base_url}/invoice/{number}",
                "cancelled": False,
            }
            self._save(order)
            return {key: value for key, value in order.items() if key != "invoice"}
        if action not in ACTIONS:
            raise ApiError(404, "not_found", f"No such action `{action}`")
        order.update(shipping_status=action, date_modified=now())
        return self._save(order)

    def add_tag(self, order_id, name):
        order = self.get(order_id)
        if any(tag["name"] == name for tag in order["tags"]):
            raise ApiError(400, "validation", "The order already has this tag")
        order["tags"].append({"id": self._store.next_id("tag", 1), "name": name})
        return self._save(order)

    def _save(self, order):
        order["payment_status_text"] = STATUS_TEXT.get(order["payment_status"], "")
        order["shipping_status_text"] = STATUS_TEXT.get(order["shipping_status"], "")
        self._store.put("order", order)
        return order
