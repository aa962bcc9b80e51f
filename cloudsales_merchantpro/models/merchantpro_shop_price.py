"""Who decides the prices of a shop, and how; what is wrong with these settings is said on the
shop, and nothing is sent or taken over until it is put right."""

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

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
    price_setup_problem = fields.Char(
        string="Problem with Prices",
        compute="_compute_price_setup_problem",
        compute_sudo=True,
        help="Why no price is sent or taken over.",
    )

    @api.depends("company_id")
    def _compute_currency_id(self):
        for shop in self:
            shop.currency_id = shop.company_id.currency_id

    @api.depends(
        "price_direction",
        "price_warehouse_id.pricelist_id.active",
        "price_target_warehouse_ids.pricelist_id.active",
        "currency_id",
    )
    def _compute_price_setup_problem(self):
        for shop in self:
            shop.price_setup_problem = shop._price_setup_problem()

    def _price_setup_problem(self):
        """In words, or False."""
        for warehouse in self._price_warehouses():
            pricelist = warehouse.pricelist_id
            if not pricelist and self.price_direction == "pull":
                return self.env._("Choose a pricelist on the warehouse %s.", warehouse.name)
            if pricelist and not pricelist.active:
                return self.env._(
                    "The pricelist %(pricelist)s of the warehouse %(warehouse)s is archived.",
                    pricelist=pricelist.name,
                    warehouse=warehouse.name,
                )
            if pricelist.company_id and pricelist.company_id not in self.company_id.parent_ids:
                return self.env._(
                    "The pricelist %(pricelist)s of the warehouse %(warehouse)s is another"
                    " company's.",
                    pricelist=pricelist.name,
                    warehouse=warehouse.name,
                )
        for currency in self._price_currencies() - self._currencies_with_rates():
            return self.env._("There is no exchange rate of %s.", currency.name)
        return False

    def _price_warehouses(self):
        """Those with the pricelists that are published or written."""
        warehouses = {"push": self.price_warehouse_id, "pull": self.price_target_warehouse_ids}
        return warehouses.get(self.price_direction, self.env["stock.warehouse"])

    def _price_currencies(self):
        """Currencies other than the company's between which prices are converted."""
        if self.price_direction == "none":
            return self.env["res.currency"]
        pricelists = self._price_warehouses().pricelist_id._with_bases()
        return (pricelists.currency_id | self.currency_id) - self.company_id.currency_id

    def _currencies_with_rates(self):
        # Odoo converts one to one where it knows no rate.
        companies = (False, self.company_id.root_id.id)
        groups = self.env["res.currency.rate"]._read_group(
            [("company_id", "in", companies)], ["currency_id"]
        )
        return self.env["res.currency"].union(*(currency for (currency,) in groups))

    @api.constrains("price_markup", "price_pull_interval")
    def _check_price_numbers(self):
        for shop in self:
            if shop.price_markup <= -100 or shop.price_pull_interval < 0:
                raise ValidationError(
                    self.env._("The markup must be above -100 %, and hours are not negative.")
                )

    @api.constrains(
        "price_direction", "price_warehouse_id", "price_target_warehouse_ids", "currency_id",
        "url", "active",
    )  # fmt: skip
    def _check_prices(self):
        for shop in self.sudo().filtered("active"):
            if shop.price_setup_problem:
                raise ValidationError(shop.price_setup_problem)
            others = self.sudo().search([("id", "!=", shop.id), ("price_direction", "!=", "none")])
            shop._check_no_price_loop(others)
            shop._check_one_price_source(others)

    def _check_no_price_loop(self, others):
        """A site that some record reads prices from and another sends prices to may get its own
        back, with the markup again and again. To send on to another site is fine."""
        opposite = {"push": "pull", "pull": "push"}.get(self.price_direction)
        same_site = others.filtered(
            lambda other: other.url == self.url and other.price_direction == opposite
        )
        if same_site:
            raise ValidationError(
                self.env._(
                    "%(shop)s and %(other)s are the same site: its prices cannot be decided both"
                    " here and there.",
                    shop=self.name,
                    other=same_site[0].name,
                )
            )

    def _check_one_price_source(self, others):
        if self.price_direction != "pull":
            return
        pricelists = self.price_target_warehouse_ids.pricelist_id
        for other in others.filtered(lambda each: each.price_direction == "pull"):
            for pricelist in pricelists & other.price_target_warehouse_ids.pricelist_id:
                raise ValidationError(
                    self.env._(
                        "The pricelist %(pricelist)s takes the prices of %(shop)s already.",
                        pricelist=pricelist.name,
                        shop=other.name,
                    )
                )

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
