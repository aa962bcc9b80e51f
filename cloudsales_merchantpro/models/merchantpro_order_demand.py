"""What the orders of the inbox are going to take from the stock.

The site counted such an order down when it was placed; the sales order that will reserve
it here does not exist yet. Without it the free quantity would offer the same pieces
again, for as long as the order waits for its payment or is held.
"""

from odoo import api, fields, models
from odoo.fields import Domain

from ..api.demand import demand

# Ended on the site itself, which counted the pieces back up.
ENDED_DELIVERY = ("cancelled", "returned")
ENDED_PAYMENT = ("cancelled", "refunded", "rejected")
DECIDES_DEMAND = {"payload", "state", "to_reserve", "payment_status", "shipping_status"}


class MerchantProOrder(models.Model):
    _inherit = "merchantpro.order"

    demand = fields.Json(
        compute="_compute_demand",
        store=True,
        help="Quantity by the site's id of the product or variant.",
    )

    @api.depends("payload")
    def _compute_demand(self):
        for order in self:
            wanted = demand(order.payload)
            order.demand = {external_id: float(each) for external_id, each in wanted.items()}

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        self._note_demanded(orders._demanded())
        return orders

    def write(self, vals):
        if not DECIDES_DEMAND & set(vals):
            return super().write(vals)
        before = self._demanded()
        result = super().write(vals)
        self._note_demanded(before | self._demanded())
        return result

    def unlink(self):
        before = self._demanded()
        result = super().unlink()
        self._note_demanded(before)
        return result

    def _demanded(self):
        """{(shop id, the site's id of a product)}; empty while nobody publishes stock."""
        if not self.env["merchantpro.shop"]._watched_locations():
            return set()
        return {(order.shop_id.id, each) for order in self for each in order.demand or ()}

    def _note_demanded(self, demanded):
        """The products behind these ids have more or less left, in every shop that sells them."""
        if not demanded:
            return
        domain = Domain("match_state", "=", "linked") & Domain.OR(
            Domain("shop_id", "=", shop_id) & Domain("external_id", "=", external_id)
            for shop_id, external_id in demanded
        )
        rows = self.env["merchantpro.variant"].sudo().search(domain)
        self.env["merchantpro.change"]._note_products(rows.product_id.ids)


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    def _demanding_shops(self):
        """The shops whose orders take from what this one publishes: itself, and those that
        deliver from its locations."""
        own = self._stock_locations().mapped("parent_path")

        def shares(shop):
            path = shop.order_warehouse_id.lot_stock_id.parent_path or ""
            return path and any(path.startswith(each) or each.startswith(path) for each in own)

        others = self.sudo().search([("id", "!=", self.id)])
        return self | others.filtered(shares)

    def _demand(self, products):
        """{product id: quantity} that open orders of these shops ask for."""
        orders = self.env["merchantpro.order"]
        orders.flush_model(["demand", *DECIDES_DEMAND, "shop_id", "return_of"])
        self.env["merchantpro.variant"].flush_model(
            ["shop_id", "external_id", "match_state", "product_id"]
        )
        self.env.cr.execute(
            """
            SELECT v.product_id, sum(d.value::numeric)::float
              FROM merchantpro_order o
             CROSS JOIN jsonb_each_text(o.demand) d
              JOIN merchantpro_variant v ON v.shop_id = o.shop_id AND v.external_id = d.key
             WHERE o.shop_id = ANY(%s) AND (o.state IN %s OR o.to_reserve)
               AND o.return_of IS NULL
               AND coalesce(o.shipping_status, '') NOT IN %s
               AND coalesce(o.payment_status, '') NOT IN %s
               AND v.match_state = 'linked' AND v.product_id = ANY(%s)
             GROUP BY v.product_id
            """,
            (self.ids, orders.OPEN, ENDED_DELIVERY, ENDED_PAYMENT, products.ids),
        )
        return dict(self.env.cr.fetchall())
