"""How far the reading of a shop's orders has come. A row of its own: the shop's row is edited
by people, and no job makes them wait."""

from odoo import fields, models
from odoo.exceptions import UserError

from .concurrency import begin_again, making


class MerchantProOrderReading(models.Model):
    _name = "merchantpro.order.reading"
    _description = "Reading of a Shop's Orders"
    _rec_name = "shop_id"

    shop_id = fields.Many2one("merchantpro.shop", required=True, ondelete="cascade", index=True)
    last_read = fields.Datetime(string="Last Reading", help="When a page of orders was read last.")
    read_until = fields.Datetime(
        string="Orders Read Until",
        help="All orders placed before this moment have been read and stored.",
    )
    full_read = fields.Datetime(
        string="Recent Orders Read On", help="When all orders of the last days were read last."
    )

    _shop_uniq = models.Constraint("unique(shop_id)", "The shop already has its reading.")

    def _take(self, shop):
        """The row of `shop`, which is this transaction's until it ends.

        The writing of `last_read` matters: a reader that began before another one ended, and so
        does not see the orders it stored, fails here instead of storing them again."""
        busy = self.env._("The orders of %s are being read right now.", shop.name)
        reading = self.sudo().search([("shop_id", "=", shop.id)])
        if not reading:
            with making(self.env, busy, self):
                reading = reading.create({"shop_id": shop.id})
        self.env.cr.execute(
            "SELECT 1 FROM merchantpro_order_reading WHERE id = %s FOR UPDATE SKIP LOCKED",
            (reading.id,),
            log_exceptions=False,
        )
        if not self.env.cr.fetchone():
            if self.env.context.get("job_uuid"):
                begin_again(self.env, busy)
            raise UserError(busy)
        reading.last_read = fields.Datetime.now()
        reading.flush_recordset()
        return reading
