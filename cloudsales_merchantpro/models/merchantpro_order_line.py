"""One row of a held order: the site's side, this side, and what a person chooses for it."""

from odoo import api, fields, models

from ..api.order_amounts import SHIPPING, WALLET, cents


class MerchantProOrderLine(models.Model):
    _name = "merchantpro.order.line"
    _description = "Row of a Held Shop Order"
    _order = "order_id, sequence, id"
    _rec_name = "name"

    order_id = fields.Many2one(
        "merchantpro.order", required=True, ondelete="cascade", index=True, readonly=True
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True)
    number = fields.Integer(readonly=True, help="Its place on the site; negative: no row there.")
    sequence = fields.Integer(compute="_compute_sequence", store=True)
    name = fields.Char(readonly=True)
    external_id = fields.Char(string="Site ID", readonly=True)
    code = fields.Char(readonly=True)
    ean = fields.Char(string="EAN", readonly=True)
    quantity = fields.Float(digits=0, readonly=True)
    total = fields.Float(string="On the Site", digits=(16, 2), readonly=True)
    total_here = fields.Float(string="Here", digits=(16, 2), readonly=True)
    compared = fields.Boolean(readonly=True, help="There was an amount here to compare.")
    difference = fields.Float(digits=(16, 2), compute="_compute_difference")
    needs_product = fields.Boolean(readonly=True)
    found_product_id = fields.Many2one("product.product", string="Product Found", readonly=True)
    product_id = fields.Many2one(
        "product.product",
        domain="[('sale_ok', '=', True), ('company_id', 'in', (False, company_id))]",
        help="The product to sell for this row. It is linked to the site's row, or gets its code,"
        " so that the next orders find it.",
    )
    rate_id = fields.Many2one("merchantpro.tax", string="VAT Rate", readonly=True)
    tax_id = fields.Many2one(related="rate_id.tax_id", string="Sales Tax", readonly=False)

    _number_uniq = models.Constraint("unique(order_id, number)", "The row is already shown.")

    @api.depends("number")
    def _compute_sequence(self):
        for line in self:
            line.sequence = line.number if line.number > 0 else 10**6 - line.number

    @api.depends("total", "total_here", "compared")
    def _compute_difference(self):
        for line in self:
            line.difference = line.compared and line.total_here - line.total

    def _prepare_rows(self, parsed, meaning, amounts):
        """{number: values} of all that makes the total of an api Order. `amounts`: {number as
        text: amount here}."""
        rows = {
            number: self._prepare_row(line, meaning) for number, line in enumerate(parsed.lines, 1)
        }
        if parsed.shipping_gross:
            rows[SHIPPING] = {
                "name": parsed.shipping_method_name or self.env._("Shipping"),
                "total": float(cents(parsed.shipping_gross)),
            }
        if parsed.wallet:
            rows[WALLET] = {"name": self.env._("Store credit"), "total": -float(parsed.wallet)}
        for number, values in rows.items():
            values["compared"] = bool(amounts)
            values["total_here"] = amounts.get(str(number), 0)
        return rows

    def _prepare_row(self, line, meaning):
        rate = meaning.taxes.get(line.tax_percent, self.env["merchantpro.tax"])
        product = meaning.products.get(line, self.env["product.product"])
        return {
            "name": line.name,
            "external_id": line.product_id,
            "code": line.sku,
            "ean": line.ean,
            "quantity": float(line.quantity),
            "total": float(cents(line.subtotal_gross)),
            "needs_product": line.needs_product and not product,
            "found_product_id": product.id,
            "rate_id": rate.id,
        }

    def _is_like(self, values):
        """Whether the row shows these values already; then a product chosen for it stays."""
        self.ensure_one()
        shown = self._convert_to_write(self.read(list(values), load=None)[0])
        return all((shown[name] or False) == (value or False) for name, value in values.items())

    def _bind(self, row):
        """Remember the chosen product: on the site's row where it is in the staging list, else
        by the code that the site tells. Without any it counts for this order alone."""
        self.ensure_one()
        if row:
            if row.match_state != "linked" or row.product_id != self.product_id:
                row._decide_link(self.product_id)
            return
        code = (self.code or self.ean or "").strip()
        product = self.product_id
        known = {product.default_code, product.barcode, *product.additional_code_ids.mapped("code")}
        if code and code not in known:
            self.order_id._as_system().env["product.additional.code"].create(
                {"product_id": product.id, "code": code, "company_id": self.company_id.id}
            )
