"""One line of an order: goods, a discount, a gift card. `gross` has VAT in it, `net` has not."""

from dataclasses import dataclass
from decimal import Decimal

from .fields import code, decimal, mapping, missing, reference, rows, text

DISCOUNTS = {"promo_cart", "promo_product", "discount", "coupon"}
GOODS = {"product", "bundle"}
GIFT_CARDS = {"gift_card", "giftcard"}


@dataclass(frozen=True)
class Line:
    id: str | None
    type: str  # the site's item_type, an open list
    kind: str  # product, discount, gift_card or other
    product_id: str | None  # of the product or of the variant
    sku: str
    ean: str
    name: str
    quantity: Decimal  # negative on a line that takes goods back
    unit_gross: Decimal
    unit_net: Decimal
    subtotal_gross: Decimal
    subtotal_net: Decimal
    tax_amount: Decimal
    tax_name: str
    tax_percent: Decimal | None
    weight: Decimal  # kg a unit
    discounts: tuple[tuple[str, Decimal], ...]  # (product id, net amount taken off)

    @property
    def is_discount(self):
        return self.kind == "discount"

    @property
    def is_payment(self):
        """A gift card that pays a part: money, not goods and not a lower price."""
        return self.kind == "gift_card" and self.subtotal_gross < 0

    @property
    def is_charge(self):
        """A fee (cash on delivery, wrapping): a row of another type that names no product."""
        return self.kind == "other" and not (self.product_id or self.sku or self.ean)

    @property
    def needs_product(self):
        return self.quantity > 0 and not (self.is_discount or self.is_payment or self.is_charge)


def parse_line(record):
    """A Line from its JSON object; raises ParseError. Without a quantity or a price goods cannot
    be sold; a discount row may have neither and tell its amounts in `applied_discounts`."""
    record = mapping(record, "line")
    kind = _kind(record)
    quantity = decimal(record, "quantity", None if kind == "product" else Decimal(1))
    if quantity is None:
        raise missing("quantity")
    unit, subtotal = _gross(record, quantity, kind)
    return Line(
        id=reference(record, "id") or reference(record, "row_id"),
        type=code(record, "item_type") or "product",
        kind=kind,
        product_id=reference(record, "product_id"),
        sku=code(record, "product_sku"),
        ean=code(record, "product_ean"),
        name=text(record, "product_name", "name", "item_type", longest=2000),
        quantity=quantity,
        unit_gross=unit,
        unit_net=decimal(record, "unit_price_net"),
        subtotal_gross=subtotal,
        subtotal_net=decimal(record, "line_subtotal_net"),
        tax_amount=decimal(record, "line_tax_amount"),
        tax_name=text(record, "product_tax_name"),
        tax_percent=decimal(record, "product_tax_percent", None),
        weight=decimal(record, "weight"),
        discounts=tuple(
            (code(row, "product_id"), decimal(row, "amount"))
            for row in rows(record.get("applied_discounts"))
        ),
    )


def _kind(record):
    word = code(record, "item_type").lower() or "product"
    if word in DISCOUNTS:
        return "discount"
    if word in GIFT_CARDS or record.get("gift_card_delivery"):
        return "gift_card"
    return "product" if word in GOODS else "other"


def _gross(record, quantity, kind):
    """(unit price, subtotal), each from the other where only one was sent."""
    unit = decimal(record, "unit_price_gross", None)
    subtotal = decimal(record, "line_subtotal_gross", None)
    if unit is None and subtotal is None:
        if kind == "product":
            raise missing("unit_price_gross")
        return Decimal(0), Decimal(0)
    if unit is None:
        unit = subtotal / quantity if quantity else Decimal(0)
    return unit, unit * quantity if subtotal is None else subtotal
