"""The lines of a sales order from the lines of a shop order. Prices are the shop's, VAT
included; the catalogue's are never used (promotions are invisible in the site's API)."""

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

from odoo import Command, models

from .order_outcomes import OrderHeld

CENT = Decimal("0.01")
# Row numbers of what stands in the site's order without being a row of it.
SHIPPING, WALLET = -1, -2


def cents(amount):
    """`amount` (Decimal) rounded to two decimals, halves up, as the site does."""
    return amount.quantize(CENT, ROUND_HALF_UP)


class MerchantProOrder(models.Model):
    _inherit = "merchantpro.order"

    def _prepare_lines(self, parsed, meaning):
        """Commands for `order_line` of an api Order. Raises OrderHeld with all that is
        missing, not only the first thing."""
        goods = [line for line in parsed.lines if not line.is_discount]
        chosen = self._chosen_products()
        products = {
            number: chosen.get(number) or meaning.products.get(line)
            for number, line in enumerate(parsed.lines, 1)
        }
        self._check_known(parsed, meaning, products)
        taxes = {percent: rate.tax_id for percent, rate in meaning.taxes.items()}
        rows = [
            (number, self._goods_line(line, products[number], taxes))
            for number, line in enumerate(parsed.lines, 1)
            if not line.is_discount
        ]
        for number, line in enumerate(parsed.lines, 1):
            if line.is_discount:
                rows += [(number, each) for each in self._discount_lines(line, goods, taxes)]
        rows += [(SHIPPING, each) for each in self._shipping_lines(parsed, meaning, taxes)]
        rows += [(WALLET, each) for each in self._wallet_lines(parsed)]
        return [Command.create({**values, "merchantpro_row": number}) for number, values in rows]

    def _check_known(self, parsed, meaning, products):
        """Raise OrderHeld with all products and VAT rates that mean nothing here.
        `products`: {number of the row: product.product}."""
        problems = self._unknown_taxes(parsed, meaning)
        kind = "tax" if problems else False
        unknown = [
            line
            for number, line in enumerate(parsed.lines, 1)
            if line.needs_product and not products[number]
        ]
        for line in unknown:
            kind = "product"
            problems.append(
                self.env._(
                    "No product for “%(name)s” (id %(id)s, code %(sku)s, EAN %(ean)s)."
                    " Choose it below, link it in Marketplace products or add the code to a"
                    " product.",
                    name=line.name,
                    id=line.product_id or "-",
                    sku=line.sku or "-",
                    ean=line.ean or "-",
                )
            )
        if problems:
            reason = "\n".join(dict.fromkeys(problems))
            raise OrderHeld(reason, self._missing_marks(unknown), kind)

    def _unknown_taxes(self, parsed, meaning):
        """What to do about the VAT rates of an api Order that mean nothing here, in words. No
        rate is not a rate of zero: only a person knows which law holds."""
        problems = []
        for percent, rate in meaning.taxes.items():
            if rate.tax_id:
                continue
            if percent is not None:
                problems.append(
                    self.env._("No sales tax for %s; choose one in VAT rates.", rate.display_name)
                )
                continue
            silent = [
                line for line in parsed.lines if line.tax_percent is None and not line.is_payment
            ]
            # A discount takes the rate of what it falls on, so it is rarely the cause.
            names = [line.name for line in silent if not line.is_discount or len(silent) == 1]
            problems.append(
                self.env._(
                    "The site tells no VAT rate for %s. Correct it there and read the order again,"
                    " or choose in VAT rates which tax no rate means.",
                    ", ".join(dict.fromkeys(names)) or self.env._("the shipping"),
                )
            )
        return problems

    def _goods_line(self, line, product, taxes):
        total = cents(line.subtotal_gross)
        if line.is_payment and not line.tax_percent:
            return self._amount_line("product_wallet", line.name, total, self.env["account.tax"])
        if line.is_charge and line.quantity > 0:
            return self._amount_line("product_fee", line.name, total, taxes[line.tax_percent])
        if line.quantity <= 0 or line.is_payment:
            # Money given back on this order: goods come back by a return, not by a sale.
            return self._amount_line("product_discount", line.name, total, taxes[line.tax_percent])
        unit = line.unit_gross
        if unit * line.quantity != total:
            # A company that rounds the VAT of a whole document adds up lines as they are: those of
            # 0.0056 and 0.1686 that the site rounds each would make a cent less.
            unit = total / line.quantity
        return self._line(product, line.name, unit, taxes[line.tax_percent], line.quantity)

    def _amount_line(self, product, name, amount, tax):
        """A line of quantity one; `product` is an xmlid's name."""
        product = self.env.ref(f"cloudsales_merchantpro.{product}")
        return self._line(product, name, amount, tax)

    def _line(self, product, name, price, tax, quantity=1):
        return {
            "product_id": product.id,
            "name": name or product.display_name,
            "product_uom_qty": float(quantity),
            "price_unit": float(price),
            # To Odoo a price is typed by hand when the two differ, and only then a changed
            # quantity does not bring the catalogue's price back.
            "technical_price_unit": float(price) - 1,
            "discount": 0.0,
            "tax_ids": [Command.set(tax.ids)],
        }

    def _discount_lines(self, line, goods, taxes):
        """One negative line for each VAT rate the discount falls on."""
        total = self._discount_total(line, goods)
        if not total:
            return []  # as a coupon for free delivery: it takes nothing off the goods
        shares = self._discount_shares(line, goods)
        if not shares:
            shares = {line.tax_percent: abs(total)}
        whole = sum(shares.values(), Decimal(0))
        left, result = total, []
        for index, (rate, share) in enumerate(shares.items(), 1):
            # The last rate takes what rounding left over, so that the parts make the whole.
            part = left if index == len(shares) else cents(total * share / whole)
            left -= part
            result.append(self._amount_line("product_discount", line.name, part, taxes[rate]))
        return result

    def _discount_shares(self, line, goods):
        """{VAT percent: part of the discount}, in the proportion the site tells."""
        shares = self._told_shares(line, goods)
        if not shares and line.tax_percent is None:
            # Not told what it falls on: in proportion to the goods.
            for each in goods:
                if each.subtotal_gross > 0:
                    shares[each.tax_percent] += each.subtotal_gross
        return {rate: share for rate, share in shares.items() if share}

    def _discount_total(self, line, goods):
        """What a discount takes off, VAT included: zero or less."""
        told = sum(self._told_shares(line, goods).values(), Decimal(0))
        return -abs(cents(line.subtotal_gross) or told)

    def _told_shares(self, line, goods):
        """{VAT percent: gross amount taken off} as far as the site tells."""
        rates = {each.product_id: each.tax_percent for each in goods}
        shares = defaultdict(Decimal)
        for product_id, net in line.discounts:
            if product_id in rates and net:
                rate = rates[product_id]
                shares[rate] += cents(abs(net) * (1 + (rate or 0) / 100))
        return shares

    def _rates(self, parsed):
        """{VAT percent: its name} of all that an api Order needs a tax for."""
        goods = [line for line in parsed.lines if not line.is_discount]
        rates = {
            line.tax_percent: line.tax_name
            for line in goods
            if line.tax_percent or not line.is_payment
        }
        for line in parsed.lines:
            unshared = line.is_discount and not self._discount_shares(line, goods)
            if unshared and self._discount_total(line, goods):
                rates.setdefault(line.tax_percent, line.tax_name)
        if parsed.shipping_gross:
            rates.setdefault(self._shipping_percent(parsed), "")
        return rates

    def _shipping_percent(self, parsed):
        """The VAT rate of the shipping; the highest of the goods where the site tells none."""
        if parsed.shipping_tax_percent is not None:
            return parsed.shipping_tax_percent
        rates = [line.tax_percent for line in parsed.lines if line.tax_percent is not None]
        return max(rates, default=None)

    def _shipping_lines(self, parsed, meaning, taxes):
        if not parsed.shipping_gross:
            return []
        method = meaning.shipping
        tax = taxes[self._shipping_percent(parsed)]
        line = self._line(method._product(), method.name, cents(parsed.shipping_gross), tax)
        return [{**line, "is_delivery": True}]

    def _wallet_lines(self, parsed):
        """Store credit is money, not a discount: no VAT. Whether the site's total is before or
        after it is not documented, so the amounts decide."""
        before = sum((cents(line.subtotal_gross) for line in parsed.lines), parsed.shipping_gross)
        if not parsed.wallet or before == parsed.total:
            return []
        no_tax = self.env["account.tax"]
        return [self._amount_line("product_wallet", "", -parsed.wallet, no_tax)]
