"""Whether and how long a shop's sales orders follow the site."""

import datetime

from odoo import fields, models
from odoo.fields import Domain

from .merchantpro_order_demand import ENDED_DELIVERY


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    apply_order_changes = fields.Boolean(
        string="Apply Changes of Orders",
        default=True,
        help="Orders cancelled, edited or returned on the site are cancelled, edited or returned"
        " here, as long as nothing has left. Off: an activity on the sales order tells what"
        " changed.",
    )
    order_watch_days = fields.Integer(
        string="Days to Watch Orders",
        default=30,
        help="How long after it was placed an imported order is looked at for changes on the"
        " site, unless it was delivered, returned or cancelled there before.",
    )

    def _to_reread(self):
        return super()._to_reread() | self._worth_rereading_domain()

    def _worth_rereading_domain(self):
        """Imported orders that may still change, and are too old for the list."""
        now = fields.Datetime.now()
        return Domain(
            [
                ("shop_id", "=", self.id),
                ("state", "=", "done"),
                ("sale_order_id.state", "!=", "cancel"),
                ("return_of", "=", False),
                ("shipping_status", "not in", ("delivered", *ENDED_DELIVERY)),
                ("date_created", ">", now - datetime.timedelta(days=self.order_watch_days)),
                ("date_created", "<", self._list_start(self.sudo().order_reading_ids)),
            ]
        )
