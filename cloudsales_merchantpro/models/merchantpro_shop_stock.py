"""Which stock a shop publishes: its settings, and the locations that count."""

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

DECIDES_LOCATIONS = {"push_stock", "stock_location_ids", "order_warehouse_id", "active"}
DECIDES_QUANTITY = {"stock_quantity", "stock_buffer", "stock_ceiling", "company_id"}


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    push_stock = fields.Boolean(
        string="Send Stock", help="Send the quantity of linked products to the site."
    )
    stock_location_ids = fields.Many2many(
        "stock.location",
        string="Stock Locations",
        domain="[('usage', 'in', ('internal', 'view')), ('company_id', 'in', (company_id, False))]",
        help="Stock is counted in these locations and below. Empty: the warehouse of the orders.",
    )
    stock_quantity = fields.Selection(
        [
            ("free", "Free to Use"),
            ("on_hand", "On Hand"),
            ("forecast", "Forecasted"),
        ],
        string="Quantity to Send",
        default="free",
        required=True,
        help="Free to Use: what is in the locations and not reserved.\n"
        "On Hand: all that is in the locations, also what is reserved or was ordered on the site"
        " and has not left yet, so the site may sell it twice.\n"
        "Forecasted: what is in the locations, with the planned receipts and less the planned"
        " deliveries, whenever they are due.\n"
        "Orders of the site that are not imported yet are taken off the free and the forecasted"
        " quantity. They are still on hand.",
    )
    stock_buffer = fields.Float(
        string="Safety Buffer",
        digits="Product Unit",
        help="This many units of each product are kept from the site, unless the product or its"
        " category says otherwise.",
    )
    stock_ceiling = fields.Integer(
        string="At Most",
        help="Never tell the site of more units than this, however many there are. 0: no limit.",
    )
    push_problem = fields.Char(
        string="Stock Not Sent",
        compute="_compute_push_problem",
        compute_sudo=True,
        help="Why no stock is sent although it is switched on.",
    )

    @api.depends(
        "push_stock", "stock_location_ids.active", "order_warehouse_id.lot_stock_id.active"
    )
    def _compute_push_problem(self):
        for shop in self:
            missing = shop.push_stock and not shop._stock_locations()
            shop.push_problem = missing and self.env._(
                "%s has no stock location in use, so no stock is sent. Choose its stock locations"
                " or its warehouse of orders.",
                shop.name,
            )

    @api.constrains("push_stock", "stock_location_ids", "order_warehouse_id")
    def _check_stock_locations(self):
        for shop in self.filtered("push_problem"):
            raise ValidationError(shop.push_problem)

    @api.constrains("stock_buffer", "stock_ceiling")
    def _check_kept_back(self):
        for shop in self:
            if shop.stock_buffer < 0 or shop.stock_ceiling < 0:
                raise ValidationError(
                    self.env._("The safety buffer and the most to send cannot be negative.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        shops = super().create(vals_list)
        self.env.registry.clear_cache()
        return shops

    def write(self, vals):
        result = super().write(vals)
        decides = DECIDES_LOCATIONS | DECIDES_QUANTITY
        if not decides.isdisjoint(vals):
            self.env.registry.clear_cache()
            self.env["merchantpro.change"]._note_shops(self)
        return result

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    @api.model
    @tools.ormcache()
    def _watched_locations(self):
        """Ids of all locations whose stock some shop publishes."""
        return self.sudo().search([("push_stock", "=", True)])._shelves()

    @api.model
    @tools.ormcache()
    def _forecast_locations(self):
        """Ids of the locations whose planned moves change what some shop publishes."""
        domain = [("push_stock", "=", True), ("stock_quantity", "=", "forecast")]
        return self.sudo().search(domain)._shelves()

    def _stock_locations(self):
        """The locations that count, with all below them. None when those that somebody chose
        are archived: to publish others instead, or nothing, would be a guess."""
        chosen = self.with_context(active_test=False).stock_location_ids
        locations = chosen or self.order_warehouse_id.lot_stock_id
        return locations.filtered("active").with_env(self.env)

    def _shelves(self):
        """Ids of the locations whose goods these shops sell: those that count and all below,
        without what lies in a place for scrap, in transit, or with another company."""
        shelves = self.env["stock.location"].sudo()
        for shop in self:
            roots = shop._stock_locations()
            # A shop or two, and the result is kept.
            shelves |= shelves.search(
                [
                    ("id", "child_of", roots.ids),
                    ("usage", "=", "internal"),
                    ("company_id", "in", (shop.company_id.id, False)),
                ]
            )
        return frozenset(shelves.ids)
