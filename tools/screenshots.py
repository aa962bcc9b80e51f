"""`./dev screenshots`: the pictures in docs/images, taken from the running demonstration."""

import itertools

from . import browser, paths, processes

FOLDER = paths.ROOT / "docs" / "images"
BASKET = ((7105, 7105, 2), (7360, 22601, 1))  # product, what is sold of it, how many
BUYER = {
    "name": "Ana Țurcanu",
    "email": "ana@example.com",
    "phone": "0722 000 111",
    "company": "Exemplu SRL",
    "vat": "RO14399840",
    "county": "Cluj",
    "city": "Cluj-Napoca",
    "address": "Str. Horea 1",
    "postal_code": "400174",
}


def take():
    """Go through both as people do; the windows are saved under the names of the screens."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    shop, odoo = (_address(name) for name in ("shop", "odoo"))
    with browser.chromium() as chromium:
        customer = browser.Storefront(chromium, shop)
        for product, unit, quantity in BASKET:
            customer.add(product, unit, quantity)
        customer.fill_in(**BUYER)
        customer.save(FOLDER / "storefront-basket.png")
        clerk = browser.Odoo(chromium, odoo)
        clerk.log_in("admin", "admin")
        for screen in itertools.chain(clerk.tour(), clerk.documents()):
            clerk.save(FOLDER / f"{screen}.png")
    return 0


def _address(name):
    return f"http://127.0.0.1:{processes.running(name)['port']}"
