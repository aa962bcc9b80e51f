"""Who decides the prices of a shop, and how."""

from odoo import api, fields, models, tools

# A change of one of these changes prices, or who is watched for changes.
SETTINGS = {
    "active", "company_id", "currency_id", "price_direction", "price_warehouse_id", "price_markup",
    "price_rounding", "price_tax", "price_show_reduction", "price_below_cost",
    "price_target_warehouse_ids",
}  # fmt: skip


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    price_direction = fields.Selection(
        [("none", "Not Compared"), ("push", "Odoo Decides"), ("pull", "The Site Decides")],
        string="Prices",
        default="none",
        required=True,
        copy=False,
        tracking=True,
    )
    price_paused = fields.Boolean(
        string="Pause Prices", help="Prices are not sent for now; what changes is kept."
    )
    currency_id = fields.Many2one(
        "res.currency",
        string="Currency of the Site",
        compute="_compute_currency_id",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        help="The currency of its catalogue.",
    )
    price_warehouse_id = fields.Many2one(
        "stock.warehouse",
        string="Prices of Warehouse",
        check_company=True,
        ondelete="restrict",
        help="Its pricelist is published. Empty: the sales prices of the products.",
    )
    price_markup = fields.Float(
        string="Markup (%)", digits=(16, 2), help="Added to every price; less than zero lowers it."
    )
    price_rounding = fields.Selection(
        [
            ("cent", "To 0.01"),
            ("half", "To 0.50"),
            ("one", "To Whole Units"),
            ("99", "Ending in .99"),
        ],
        default="cent",
        required=True,
        help="To the nearest such price, halves up, and never to zero.",
    )
    price_tax = fields.Selection(
        [("gross", "With VAT"), ("net", "Without VAT")],
        string="Prices on the Site",
        default="gross",
        required=True,
        help="How prices are entered in the shop's panel. These are sent, and rounded.",
    )
    price_show_reduction = fields.Boolean(
        string="Show Reductions",
        default=True,
        help="Where the pricelist is below the sales price, the sales price is sent as the price"
        " before the reduction. Off: the one on the site stays while it is above the price.",
    )
    price_below_cost = fields.Boolean(
        string="Allow Below Cost", help="Send also prices that, without VAT, are below the cost."
    )
    price_target_warehouse_ids = fields.Many2many(
        "stock.warehouse",
        "merchantpro_shop_price_target_rel",
        string="Warehouses That Take the Prices",
        check_company=True,
        help="The price on the site becomes a fixed price in their pricelists.",
    )
    price_pull_interval = fields.Integer(
        string="Read Prices Every (hours)",
        default=24,
        help="The whole catalogue is read. 0: only when somebody fetches it.",
    )

    @api.depends("company_id")
    def _compute_currency_id(self):
        for shop in self:
            shop.currency_id = shop.company_id.currency_id

    @api.model_create_multi
    def create(self, vals_list):
        shops = super().create(vals_list)
        self._price_settings_changed(shops)
        return shops

    def write(self, vals):
        result = super().write(vals)
        if SETTINGS & set(vals):
            self._price_settings_changed(self)
        return result

    @api.model
    def _price_settings_changed(self, shops):
        self.env.registry.clear_cache()
        sending = shops.filtered(lambda shop: shop.price_direction == "push")
        self.env["merchantpro.change"]._note_shops(sending)
        shops._forget_problems()
        shops._pull_prices()

    def _forget_problems(self):
        """What was wrong with sending or taking over prices is of no interest where that is not
        done any more."""
        directions = {"price_problem": "push", "pull_problem": "pull"}
        for name, direction in directions.items():
            others = self.filtered(lambda shop, d=direction: shop.price_direction != d)
            rows = self.env["merchantpro.variant"].search(
                [("shop_id", "in", others.ids), (name, "!=", False)]
            )
            rows.write({name: False})

    @api.model
    @tools.ormcache()
    def _watched_pricelists(self):
        """{pricelist id: ids of the shops whose published prices its rules decide}; under False
        the ids of all shops that publish prices. Empty when none does."""
        watched = {}
        for shop in self.sudo().search([("price_direction", "=", "push")]):
            watched.setdefault(False, []).append(shop.id)
            for pricelist in shop.price_warehouse_id.pricelist_id._with_bases():
                watched.setdefault(pricelist.id, []).append(shop.id)
        return watched
