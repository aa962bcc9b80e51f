"""Settings of prices that cannot work. They are refused; what goes wrong with them later is said on
the shop, and no price is sent or taken over until it is put right."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    price_setup_problem = fields.Char(
        string="Problem with Prices",
        compute="_compute_price_setup_problem",
        compute_sudo=True,
        help="Why no price is sent or taken over.",
    )

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
