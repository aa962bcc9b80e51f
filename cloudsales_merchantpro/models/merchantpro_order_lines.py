"""The lines of a sales order from the lines of a shop order. Prices are the shop's, VAT
included; the catalogue's are never used (promotions are invisible in the site's API)."""

from odoo import Command, models

from ..api.order_amounts import parts
from .order_outcomes import OrderHeld


class MerchantProOrder(models.Model):
    _inherit = "merchantpro.order"

    def _prepare_lines(self, parsed, meaning):
        """Commands for `order_line` of an api Order. Raises OrderHeld with all that is
        missing, not only the first thing."""
        chosen = self._chosen_products()
        products = {
            number: chosen.get(number) or meaning.products.get(line)
            for number, line in enumerate(parsed.lines, 1)
        }
        self._check_known(parsed, meaning, products)
        return [
            Command.create(self._prepare_line_values(part, meaning, products))
            for part in parts(parsed)
        ]

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

    def _prepare_line_values(self, part, meaning, products):
        """Values of the sales order line of one api Part. `products`: {row number: product}."""
        name = part.name
        if part.kind == "goods":
            product = products[part.row]
        elif part.kind == "shipping":
            product, name = meaning.shipping._product(), meaning.shipping.name
        else:
            product = self.env.ref(f"cloudsales_merchantpro.product_{part.kind}")
        tax = meaning.taxes[part.percent].tax_id if part.is_taxed else self.env["account.tax"]
        price = float(part.price)
        values = {
            "merchantpro_row": part.row,
            "product_id": product.id,
            "name": name or product.display_name,
            "product_uom_qty": float(part.quantity),
            "price_unit": price,
            # To Odoo a price is typed by hand when the two differ, and only then a changed
            # quantity does not bring the catalogue's price back.
            "technical_price_unit": price - 1,
            "discount": 0.0,
            "tax_ids": [Command.set(tax.ids)],
        }
        return values | {"is_delivery": True} if part.kind == "shipping" else values
