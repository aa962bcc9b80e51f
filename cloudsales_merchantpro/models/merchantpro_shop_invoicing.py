"""Who issues the invoices of a shop, and what follows an invoice or a return."""

from odoo import api, fields, models


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    invoices_by = fields.Selection(
        [("odoo", "Odoo"), ("site", "The Site")],
        string="Invoices Issued By",
        default="odoo",
        required=True,
        tracking=True,
        help="Two invoices of one sale are a serious mistake: let only one of the two issue them.",
    )
    post_credit_notes = fields.Boolean(
        help="The credit note of a return is posted at once. Otherwise it waits as a draft until"
        " somebody has seen the goods.",
    )
    efactura = fields.Boolean(
        string="Send to e-Factura",
        tracking=True,
        help="Invoices and credit notes of this shop that rules issue are sent to ANAF at once,"
        " with Odoo's own module.",
    )
    has_efactura = fields.Boolean(compute="_compute_has_efactura")
    invoicing_warning = fields.Text(compute="_compute_invoicing_warning")

    @api.depends_context("uid")
    def _compute_has_efactura(self):
        self.has_efactura = "ro_edi" in self.env["account.move.send"]._get_all_extra_edis()

    @api.depends("invoices_by", "company_id")
    def _compute_invoicing_warning(self):
        for shop in self:
            if shop.invoices_by == "site":
                shop.invoicing_warning = shop._warn_of_rules()
            else:
                shop.invoicing_warning = shop._warn_of_site()

    def _warn_of_rules(self):
        """The site issues, and a rule is to do it here."""
        rules = self.env["merchantpro.rule"].sudo()
        found = rules.search([("action", "=", "invoice"), ("company_id", "=", self.company_id.id)])
        mine = found.filtered(lambda rule: not rule.shop_ids or self._origin in rule.shop_ids)
        if not mine:
            return False
        return self.env._(
            "The site issues the invoices of this shop, so these rules issue none: %s",
            ", ".join(mine.mapped("name")),
        )

    def _warn_of_site(self):
        """Odoo issues, and the site did it too not long ago."""
        orders = self.env["merchantpro.order"].search(
            [("shop_id", "=", self._origin.id), ("site_invoice", "!=", False)],
            order="date_created desc, id desc",
            limit=1,
        )
        if not orders:
            return False
        return self.env._(
            "The site issues invoices too: %(invoice)s for order %(order)s. Switch that off there,"
            " or choose the site here.",
            invoice=orders.site_invoice,
            order=orders.external_id,
        )

    def action_open_series(self):
        self.ensure_one()
        return self.env["merchantpro.invoice.series"]._open(self)
