"""Who a need is ordered from, at what price and by when: Odoo's own choice of seller.

Whatever keeps a need from being ordered is on it, in words; the others go on."""

import datetime

from odoo import api, fields, models

from .purchase_need import TO_ORDER


class PurchaseNeed(models.Model):
    _inherit = "purchase.need"

    supplier_id = fields.Many2one(
        "res.partner", index=True, check_company=True, ondelete="restrict"
    )
    seller_id = fields.Many2one(
        "product.supplierinfo", string="Supplier's Price", readonly=True, ondelete="set null"
    )
    price_unit = fields.Float(
        string="Unit Price",
        readonly=True,
        min_display_digits="Product Price",
        help="In the unit of the product.",
    )
    currency_id = fields.Many2one("res.currency", readonly=True)
    minimum_qty = fields.Float(string="Supplier's Minimum", digits="Product Unit", readonly=True)
    multiple_qty = fields.Float(
        string="Supplier's Multiple",
        digits="Product Unit",
        readonly=True,
        help="The supplier sells in packages of so many; only whole ones are ordered.",
    )
    date_planned = fields.Date(
        string="Expected", readonly=True, help="When it would come, or comes, from the supplier."
    )
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company Currency"
    )
    cost = fields.Monetary(
        string="Expected Cost",
        compute="_compute_cost",
        store=True,
        currency_field="company_currency_id",
        help="In the currency of the company.",
    )

    @api.depends("quantity", "price_unit", "currency_id")
    def _compute_cost(self):
        today = fields.Date.context_today(self)
        for need in self:
            cost = need.quantity * need.price_unit
            ours = need.company_id.currency_id
            if need.currency_id and need.currency_id != ours:
                cost = need.currency_id._convert(cost, ours, need.company_id, today)
            need.cost = cost

    def _choose(self):
        """Take the supplier that Odoo takes for these quantities."""
        for (company, product), needs in self.grouped(
            lambda need: (need.company_id, need.product_id)
        ).items():
            ours = product.with_company(company).sudo()
            # One choice where it does not depend on the quantity.
            graded = any(seller.min_qty for seller in ours.seller_ids)
            for quantity, some in needs.grouped("quantity" if graded else "company_id").items():
                seller = ours._select_seller(
                    quantity=quantity if graded else None, uom_id=product.uom_id
                ) or some._fallback_seller(ours)
                some._take(seller)

    def _fallback_seller(self, product):
        """Odoo's: rather the supplier whose minimum is higher, or whose price has ended, than
        nobody."""
        usable = product._prepare_sellers(False).filtered(
            lambda seller: (
                seller.partner_id.active
                and seller.company_id in (self.env["res.company"], self.company_id)
            )
        )
        return usable[:1]

    def _price(self):
        """The terms of the supplier that a person chose."""
        for need in self.filtered(lambda need: need.state in TO_ORDER):
            product = need.product_id.with_company(need.company_id).sudo()
            sellers = product._prepare_sellers(False).filtered(
                lambda seller, need=need: seller.partner_id == need.supplier_id
            )
            seller = product._select_seller(
                partner_id=need.supplier_id, quantity=need.quantity, uom_id=product.uom_id
            )
            need._take(seller or sellers[:1], keep_supplier=True)

    def _take(self, seller, keep_supplier=False):
        unit = self.product_id.uom_id
        today = fields.Date.context_today(self)
        package = seller.product_uom_id._compute_quantity(1, unit, round=False) if seller else 0
        values = {
            "seller_id": seller.id,
            "price_unit": seller.product_uom_id._compute_price(seller.price, unit)
            * (1 - seller.discount / 100)
            if seller
            else self.product_id.standard_price,
            "currency_id": (seller.currency_id or self.company_id.currency_id).id,
            "minimum_qty": seller.min_qty * package,
            "multiple_qty": package if package > 1 else 0,
            "date_planned": today + datetime.timedelta(days=seller.delay) if seller else False,
        }
        if not keep_supplier:
            values["supplier_id"] = seller.partner_id.id
        self.with_context(needs_quiet=True).write(values)

    def action_find_supplier(self):
        """Look again: the product may have got a supplier."""
        self.filtered(lambda need: need.state == "blocked")._choose()
        self._check_orderable()

    def _check_orderable(self):
        """Say on each need that is to be ordered what keeps it from that."""
        for need in self.filtered(lambda need: need.state in TO_ORDER):
            problem = need._what_is_wrong()
            values = {"state": "blocked" if problem else "open", "problem": problem}
            if any((need[name] or False) != value for name, value in values.items()):
                need.write(values)

    def _what_is_wrong(self):
        """Why this cannot be ordered, or False."""
        product, supplier = self.product_id.sudo(), self.supplier_id.sudo()
        if not product.active:
            return self.env._("The product is archived.")
        if not product.purchase_ok:
            return self.env._("The product may not be purchased.")
        if not supplier:
            return self.env._("No supplier. Choose one here, or add one to the product.")
        if not supplier.active:
            return self.env._("The supplier is archived.")
        if supplier.company_id and supplier.company_id != self.company_id:
            return self.env._("The supplier belongs to another company.")
        return False
