"""The lines of a sales order from the lines of a shop order. Prices are the shop's, VAT
included; the catalogue's are never used (promotions are invisible in the site's API)."""

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

from odoo import Command, models

from .merchantpro_order_process import OrderHeld

CENT = Decimal("0.01")


def cents(amount):
    """`amount` (Decimal) rounded to two decimals, halves up, as the site does."""
    return amount.quantize(CENT, ROUND_HALF_UP)


class MerchantProOrder(models.Model):
    _inherit = "merchantpro.order"

    def _prepare_lines(self, parsed):
        """Commands for `order_line` of an api Order. Raises OrderHeld with all that is
        missing, not only the first thing."""
        goods = [line for line in parsed.lines if not line.is_discount]
        products = self._products_of(goods)
        problems, commands = [], []
        for line in goods:
            product = products[line]
            if product:
                commands.append(self._goods_line(line, product, problems))
            else:
                problems.append(
                    self.env._(
                        "No product for “%(name)s” (id %(id)s, code %(sku)s, EAN %(ean)s)."
                        " Link it in Marketplace products or add the code to a product.",
                        name=line.name,
                        id=line.product_id or "-",
                        sku=line.sku or "-",
                        ean=line.ean or "-",
                    )
                )
        for line in parsed.lines:
            if line.is_discount:
                commands += self._discount_lines(line, goods, problems)
        commands += self._shipping_lines(parsed, problems)
        commands += self._wallet_lines(parsed)
        if problems:
            missing = self._missing_marks([line for line in goods if not products[line]])
            raise OrderHeld("\n".join(dict.fromkeys(problems)), missing)
        return [Command.create(values) for values in commands]

    def _products_of(self, lines):
        """{line: product.product} by the bound row of the site, then by its codes as the rows of
        the staging list are matched. Codes that name several products find none: the wrong goods
        would be sent."""
        shop = self.shop_id
        bound = {
            row.external_id: row.product_id
            for row in self.env["merchantpro.variant"].search(
                [
                    ("shop_id", "=", shop.id),
                    ("match_state", "=", "linked"),
                    ("external_id", "in", [line.product_id for line in lines]),
                ]
            )
        }
        found = shop._find_products({(line.sku, line.ean) for line in lines})
        products = self.env["product.product"]
        return {
            line: bound.get(line.product_id)
            or products.browse(found[line.sku, line.ean].product or ())
            for line in lines
        }

    def _goods_line(self, line, product, problems):
        total = cents(line.subtotal_gross)
        if line.quantity <= 0:
            # Money given back on this order: goods come back by a return, not by a sale.
            return self._amount_line("product_discount", line.name, total, line, problems)
        unit = line.unit_gross
        if cents(unit * line.quantity) != total:
            unit = line.subtotal_gross / line.quantity
        return {
            "product_id": product.id,
            "name": line.name or product.display_name,
            "product_uom_qty": float(line.quantity),
            "price_unit": float(unit),
            "technical_price_unit": float(unit),
            "discount": 0.0,
            "tax_ids": [Command.set(self._tax(line.tax_percent, line.tax_name, problems).ids)],
        }

    def _amount_line(self, product, name, amount, rate, problems):
        """A line of quantity one; `rate` has the VAT of it, `product` is an xmlid's name."""
        product = self.env.ref(f"cloudsales_merchantpro.{product}")
        return {
            "product_id": product.id,
            "name": name or product.display_name,
            "product_uom_qty": 1.0,
            "price_unit": float(amount),
            "technical_price_unit": float(amount),
            "discount": 0.0,
            "tax_ids": [Command.set(self._tax(rate.tax_percent, rate.tax_name, problems).ids)],
        }

    def _tax(self, percent, name, problems):
        rate = self.env["merchantpro.tax"]._for_percent(self.shop_id, percent, name)
        if not rate.tax_id:
            problems.append(
                self.env._("No sales tax for %s; choose one in VAT rates.", rate.display_name)
            )
        return rate.tax_id

    def _discount_lines(self, line, goods, problems):
        """One negative line for each VAT rate the discount falls on."""
        total = -abs(cents(line.subtotal_gross))
        shares = self._discount_shares(line, goods)
        if not total:
            total = -sum(shares.values(), Decimal(0))
        if not shares:
            return [self._amount_line("product_discount", line.name, total, line, problems)]
        whole = sum(shares.values(), Decimal(0))
        left, result = total, []
        for index, (rate, share) in enumerate(shares.items(), 1):
            # The last rate takes what rounding left over, so that the parts make the whole.
            part = left if index == len(shares) else cents(total * share / whole)
            left -= part
            owner = next(each for each in goods if each.tax_percent == rate)
            result.append(self._amount_line("product_discount", line.name, part, owner, problems))
        return result

    def _discount_shares(self, line, goods):
        """{VAT percent: gross amount taken off}, in the proportion the site tells."""
        rates = {each.product_id: each.tax_percent for each in goods}
        shares = defaultdict(Decimal)
        for product_id, net in line.discounts:
            if product_id in rates and net:
                rate = rates[product_id]
                shares[rate] += cents(abs(net) * (1 + (rate or 0) / 100))
        if not shares and line.tax_percent is None:
            # Not told what it falls on: in proportion to the goods.
            for each in goods:
                if each.subtotal_gross > 0:
                    shares[each.tax_percent] += each.subtotal_gross
        return dict(shares)

    def _shipping_lines(self, parsed, problems):
        if not parsed.shipping_gross:
            return []
        method = self._shipping_method(parsed)
        rates = [line.tax_percent for line in parsed.lines if line.tax_percent is not None]
        percent = parsed.shipping_tax_percent
        if percent is None:
            percent = max(rates, default=None)
        amount = cents(parsed.shipping_gross)
        return [
            {
                "product_id": method._product().id,
                "name": method.name,
                "product_uom_qty": 1.0,
                "price_unit": float(amount),
                "technical_price_unit": float(amount),
                "discount": 0.0,
                "is_delivery": True,
                "tax_ids": [Command.set(self._tax(percent, "", problems).ids)],
            }
        ]

    def _wallet_lines(self, parsed):
        """Store credit is money, not a discount: no VAT. Whether the site's total is before or
        after it is not documented, so the amounts decide."""
        before = sum((cents(line.subtotal_gross) for line in parsed.lines), parsed.shipping_gross)
        if not parsed.wallet or before == parsed.total:
            return []
        product = self.env.ref("cloudsales_merchantpro.product_wallet")
        return [
            {
                "product_id": product.id,
                "name": product.display_name,
                "product_uom_qty": 1.0,
                "price_unit": -float(parsed.wallet),
                "technical_price_unit": -float(parsed.wallet),
                "discount": 0.0,
                "tax_ids": [Command.clear()],
            }
        ]
