"""What an order comes to, part by part and to the cent. The one place where amounts are decided.

Each part becomes one line of the sales order, and the parts are the site's total or the order is
held: no difference is absorbed. All amounts have VAT in them, in the order's currency."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
# Row numbers of what stands in the site's order without being a row of it.
SHIPPING, WALLET = -1, -2


@dataclass(frozen=True)
class Part:
    row: int  # its place on the site, from 1 on; SHIPPING or WALLET
    kind: str  # goods, fee, discount, shipping, or wallet: money, without VAT
    name: str
    price: Decimal  # for one
    percent: Decimal | None = None  # the VAT rate; None: the site tells none
    tax_name: str = ""
    quantity: Decimal = Decimal(1)

    @property
    def amount(self):
        return cents(self.price * self.quantity)

    @property
    def is_taxed(self):
        return self.kind != "wallet"


def cents(amount):
    """`amount` rounded to two decimals, halves up, as the site does."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def parts(order):
    """[Part] of an api Order: goods and fees, what is taken off them, shipping, store credit."""
    rows = list(enumerate(order.lines, 1))
    goods = [line for line in order.lines if not line.is_discount]
    found = [_goods_part(row, line) for row, line in rows if not line.is_discount]
    for row, line in rows:
        if line.is_discount:
            found += _discount_parts(row, line, goods)
    if order.shipping_gross:
        found.append(_shipping_part(order))
    return found + _wallet_parts(order, found)


def total(order):
    """What the parts come to."""
    return sum((part.amount for part in parts(order)), Decimal(0))


def rates(order):
    """{VAT percent: its name on the site} of all parts that need a tax."""
    names = {}
    for part in parts(order):
        if part.is_taxed:
            names[part.percent] = names.get(part.percent) or part.tax_name
    return names


def _goods_part(row, line):
    amount = cents(line.subtotal_gross)
    if line.is_payment and not line.tax_percent:
        return Part(row, "wallet", line.name, amount)
    vat = line.tax_percent, line.tax_name
    if line.is_charge and line.quantity > 0:
        return Part(row, "fee", line.name, amount, *vat)
    if line.quantity <= 0 or line.is_payment:
        # Money given back on this order: goods come back by a return, not by a sale.
        return Part(row, "discount", line.name, amount, *vat)
    unit = line.unit_gross
    if unit * line.quantity != amount:
        # A company that rounds the VAT of a whole document adds up lines as they are: those of
        # 0.0056 and 0.1686 that the site rounds each would make a cent less.
        unit = amount / line.quantity
    return Part(row, "goods", line.name, unit, *vat, line.quantity)


def _discount_parts(row, line, goods):
    """One part for each VAT rate that the discount falls on."""
    told = _told_shares(line, goods)
    whole = -abs(cents(line.subtotal_gross) or sum(told.values(), Decimal(0)))
    if not whole:
        return []  # as a coupon for free delivery: it takes nothing off the goods
    shares = told or _goods_shares(line, goods) or {line.tax_percent: Decimal(1)}
    names = {each.tax_percent: each.tax_name for each in (line, *goods)}
    left, found = whole, []
    for number, (percent, share) in enumerate(shares.items(), 1):
        # The last rate takes what rounding left over, so that the parts make the whole.
        amount = cents(whole * share / sum(shares.values()))
        amount = left if number == len(shares) else amount
        left -= amount
        found.append(Part(row, "discount", line.name, amount, percent, names[percent]))
    return found


def _told_shares(line, goods):
    """{VAT percent: amount taken off} as far as the site tells on which goods it falls."""
    percents = {each.product_id: each.tax_percent for each in goods}
    shares = defaultdict(Decimal)
    for product_id, net in line.discounts:
        if product_id in percents:
            percent = percents[product_id]
            shares[percent] += abs(cents(net * (1 + (percent or Decimal(0)) / 100)))
    return {percent: share for percent, share in shares.items() if share}


def _goods_shares(line, goods):
    """{VAT percent: amount of goods}: a discount of which the site tells neither what it falls on
    nor a rate falls on all goods, in proportion."""
    shares = defaultdict(Decimal)
    if line.tax_percent is None:
        for each in goods:
            if each.subtotal_gross > 0:
                shares[each.tax_percent] += each.subtotal_gross
    return shares


def _shipping_part(order):
    """The VAT rate of the shipping is the highest of the goods where the site tells none."""
    percent = order.shipping_tax_percent
    if percent is None:
        known = [line.tax_percent for line in order.lines if line.tax_percent is not None]
        percent = max(known, default=None)
    name = order.shipping_method_name
    return Part(SHIPPING, "shipping", name, cents(order.shipping_gross), percent)


def _wallet_parts(order, others):
    """Store credit is money, not a discount: no VAT. Whether the site's total is before or after
    it is not documented, so the amounts decide."""
    before = sum((part.amount for part in others), Decimal(0))
    if not order.wallet or before == order.total:
        return []
    return [Part(WALLET, "wallet", "", -cents(order.wallet))]
