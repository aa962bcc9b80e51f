"""Who wants needs: the orders of a shop, or all orders of a company."""

from odoo import api, fields, models


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    make_purchase_needs = fields.Boolean(
        string="Purchase Needs",
        help="What orders of this shop miss goes to the list of purchase needs.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        shops = super().create(vals_list)
        shops.filtered("make_purchase_needs").company_id._needs_switched()
        return shops

    def write(self, vals):
        result = super().write(vals)
        if "make_purchase_needs" in vals:
            self.company_id._needs_switched()
        return result


class ResCompany(models.Model):
    _inherit = "res.company"

    purchase_needs_all_orders = fields.Boolean(
        string="Needs of Every Sales Order",
        help="Also what orders of no shop miss goes to the list.",
    )
    purchase_needs_reordering = fields.Boolean(
        string="Reordering Rules Join the List",
        help="What a reordering rule would buy goes to the list, instead of into a purchase of its"
        " own.",
    )

    def write(self, vals):
        result = super().write(vals)
        if not {"purchase_needs_all_orders", "purchase_needs_reordering"}.isdisjoint(vals):
            self._needs_switched()
        return result

    def _needs_switched(self):
        """Orders that wait already make needs too, from now on."""
        self.env.registry.clear_cache()
        needs = self.env["purchase.need"].sudo()
        for company in self:
            needs._note(company._missed_products())

    def _missed_products(self):
        """What open orders miss, and what needs are about."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT product_id FROM stock_move
             WHERE company_id = %(company)s AND sale_line_id IS NOT NULL
               AND state IN ('waiting', 'confirmed', 'partially_available')
             UNION
            SELECT product_id FROM purchase_need
             WHERE company_id = %(company)s
               AND state IN ('open', 'blocked', 'ordered', 'covered', 'excluded')
            """,
            {"company": self.id},
        )
        products = self.env["product.product"].browse([row[0] for row in self.env.cr.fetchall()])
        return products
