"""Fills a new shop with about sixty orders of every kind the platform has.

`KINDS` says for each kind what an importer is to make of it: `done`, `wait`
(not ripe yet), `ignored` or `held`.
"""

import datetime

from .demo_data import AMBIGUOUS, goods

KINDS = {
    "plain": "done",
    "company": "done",
    "company_ro": "done",
    "bucharest": "done",
    "variant": "done",
    "promo_cart": "done",
    "coupon": "done",
    "promo_product": "done",
    "discount": "done",
    "negative": "done",
    "wallet": "done",
    "wire": "done",
    "card_paid": "done",
    "card_unpaid": "wait",
    "temporary": "wait",
    "guest": "done",
    "no_sku": "done",
    "split": "done",
    "decimal": "done",
    "two_phones": "done",
    "winter_time": "done",
    "delivered": "held",
    "euro": "held",
    "unknown_product": "held",
    "unknown_tax": "held",
    "wrong_total": "held",
    "unsettled_product": "held",
    "return": "held",
    "cancelled": "ignored",
}
# Most orders are of these: as many more of each.
ORDINARY = ("plain", "variant", "bucharest", "company")
MORE = 8
PEOPLE = (
    ("Ana Popescu", "Cluj", "Cluj-Napoca", "Str. Horea 12", "400174", "0722123401"),
    ("Ion Ionescu", "jud. Timiș", "Timișoara", "Bd. Revoluției 3 ap. 7", "300034", "0733 123 402"),
    ("Elena Șerban", "Iasi", "Iași", "Str. Păcurari 44", "700511", "+40744123403"),
    ("Vasile Țurcanu", "Caraș-Severin", "Reșița", "Aleea Trandafirilor 9", "320001", "0755123404"),
    ("Măriuca Dănilă", "Bistrita-Nasaud", "Bistrița", "Str. Gării 1", "420001", "0040766123405"),
)
CLOTHES = range(260, 300)


def fill(orders, _products):
    for number, kind in enumerate(_sequence()):
        _place(orders, number, kind)


def expected_states():
    """{what an importer makes of an order: how many}."""
    counts = {}
    for kind in _sequence():
        counts[KINDS[kind]] = counts.get(KINDS[kind], 0) + 1
    return counts


def goods_of(number):
    """The id on the site of what the order of this number has first, unless it is special."""
    return _product_id(number)


def _sequence():
    return [*KINDS, *ORDINARY * MORE]


def _place(orders, number, kind):
    lines, header = _lines(number, kind), _header(number, kind)
    special = _SPECIAL.get(kind)
    if special:
        special(lines, header, number)
    orders.place(lines, notify=False, **header)


def _product_id(number):
    """A simple product that matching settles."""
    settled = [
        good.number
        for good in goods()
        if good.number not in CLOTHES and good.role in ("code", "ean", "extra", "new")
    ]
    return 7100 + settled[(number * 11) % len(settled)]


def _lines(number, kind):
    if kind == "variant":
        return [{"product_id": 20000 + (261 + number % 3) * 10 + number % 4, "quantity": 1}]
    return [
        {"product_id": _product_id(number), "quantity": 1 + number % 3},
        {"product_id": _product_id(number + 57), "quantity": 1},
    ]


def _header(number, kind):
    name, county, city, street, code, phone = PEOPLE[number % len(PEOPLE)]
    placed = datetime.datetime.now(datetime.UTC) - datetime.timedelta(hours=1 + number)
    hours = 2 if kind == "winter_time" else 3
    placed = placed.astimezone(datetime.timezone(datetime.timedelta(hours=hours)))
    moment = placed.isoformat(timespec="seconds")
    return {
        "id": str(42200000 + number),
        "date_created": moment,
        "date_modified": moment,
        "customer_id": 500 + number % len(PEOPLE),
        "customer_email": f"client{number % len(PEOPLE)}@example.com",
        "shipping_amount": 0 if number % 4 == 0 else 19.99,
        "billing_name": name,
        "billing_state": county,
        "billing_city": city,
        "billing_address": street,
        "billing_postal_code": code,
        "billing_phone": phone,
        "meta_fields": {"demo_kind": kind},
    }


def _company(vat):
    def change(_lines, header, number):
        header.update(
            billing_type="company",
            billing_company_name=f"Exemplu {number} SRL",
            billing_company_vat=vat,
            billing_company_reg="J12/345/2019",
            customer_id=900 + number,
            customer_email=f"office{number}@example.com",
        )

    return change


def _row(item_type, amount, **fields):
    def change(lines, _header, _number):
        lines.append({"item_type": item_type, "amount": amount, "name": "Reducere", **fields})

    return change


def _set(**fields):
    def change(_lines, header, _number):
        header.update(fields)

    return change


def _first_line(**fields):
    def change(lines, _header, _number):
        lines[0].update(fields)

    return change


def _promo_on_products(lines, _header, _number):
    applied = [{"product_id": line["product_id"], "amount": 1.5} for line in lines]
    lines.append(
        {
            "item_type": "promo_cart",
            "amount": 3.5,
            "name": "Promoție coș",
            "product_tax_percent": None,
            "applied_discounts": applied,
        }
    )


def _bucharest(_lines, header, number):
    header.update(
        billing_state="București",
        billing_city=f"Sector {1 + number % 6}",
        billing_address="Str. Lipscani 5",
        billing_postal_code="030031",
    )


def _negative(lines, _header, _number):
    lines.append({"product_id": lines[0]["product_id"], "quantity": -1})


def _unknown(lines, _header, _number):
    lines[1] = {
        "missing": True,
        "product_id": 999999,
        "product_sku": "DISPARUT",
        "product_name": "Produs scos din catalog",
        "unit_price_gross": 25.0,
    }


def _unsettled(lines, _header, _number):
    lines[1] = {"product_id": 7100 + AMBIGUOUS[0], "quantity": 1}


_SPECIAL = {
    "company": _company("14399840"),
    "company_ro": _company("RO14399840"),
    "bucharest": _bucharest,
    "promo_cart": _promo_on_products,
    "coupon": _row("coupon", 5.0),
    "promo_product": _row("promo_product", 2.25),
    "discount": _row("discount", 1.0),
    "negative": _negative,
    "wallet": _set(wallet_amount=10.0),
    "wire": _set(payment_method_code="wire"),
    "card_paid": _set(
        payment_method_code="euplatesc", payment_status="paid", payment_transaction_id="TX-1001"
    ),
    "card_unpaid": _set(payment_method_code="euplatesc"),
    "temporary": _set(payment_method_code="euplatesc", payment_status="temporary"),
    "guest": _set(customer_id=None, customer_email="oaspete@example.com"),
    "no_sku": _first_line(product_sku=None, product_ean=None),
    "split": _set(id="42190870.3", parent_id=42190870),
    "decimal": _first_line(quantity=1.5),
    "two_phones": _set(billing_phone="0722123999 / 0733123999"),
    "delivered": _set(shipping_status="delivered"),
    "euro": _set(currency="EUR"),
    "unknown_product": _unknown,
    "unknown_tax": _first_line(product_tax_percent=24),
    "wrong_total": _set(total_amount=1.0),
    "unsettled_product": _unsettled,
    "return": _set(return_source_id=42200000),
    "cancelled": _set(shipping_status="cancelled"),
}
