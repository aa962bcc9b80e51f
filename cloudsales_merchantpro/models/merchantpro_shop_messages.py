"""Telling the site what happens to its orders here: switches, the job, and what failed.

All switches are off by default: the site may write to the buyer at each step, and two systems
that both do would be one too many."""

from odoo import api, fields, models
from odoo.fields import Domain

from .merchantpro_order_message import KINDS
from .merchantpro_shop_turn import JOB_SECONDS
from .message_run import MessageRun

LOCK = 0x4D51  # advisory lock class of the messages
PRIORITY = 11  # after the orders (10), before stock and prices (12)


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    push_cancelled = fields.Boolean(
        string="Tell Cancellations", help="An order cancelled here is cancelled on the site."
    )
    push_in_process = fields.Boolean(
        string="Tell Work on Orders", help="A rule says when an order is in process."
    )
    push_shipped = fields.Boolean(
        string="Tell Shipments", help="An order is shipped when the last of its goods has left."
    )
    push_delivered = fields.Boolean(
        string="Tell Deliveries", help="An order is delivered when a courier or a person says so."
    )
    push_awb = fields.Boolean(
        string="Tell Waybill Numbers", help="The tracking reference of its transfer."
    )
    untold_count = fields.Integer(string="Not Acknowledged", compute="_compute_untold_count")

    def _compute_untold_count(self):
        failed = Domain("state", "in", ("refused", "gone")) | Domain("tries", ">", 0) & Domain(
            "state", "=", "waiting"
        )
        counts = dict(
            self.env["merchantpro.order.message"]._read_group(
                Domain("shop_id", "in", self.ids) & failed, ["shop_id"], ["order_id:count_distinct"]
            )
        )
        for shop in self:
            shop.untold_count = counts.get(shop, 0)

    def write(self, vals):
        result = super().write(vals)
        for kind in KINDS:
            if f"push_{kind}" in vals and not vals[f"push_{kind}"]:
                self._drop_messages(kind)
        return result

    def _drop_messages(self, kind):
        """Else it would be told weeks later, when somebody switches it on again."""
        waiting = [("shop_id", "in", self.ids), ("state", "=", "waiting"), ("kind", "=", kind)]
        messages = self.env["merchantpro.order.message"].sudo().search(waiting)
        if messages:
            messages._settle("skipped", self.env._("It was switched off in the shop."))

    def _kinds_told(self):
        return [kind for kind in KINDS if self[f"push_{kind}"]]

    def send_messages(self):
        """Tell each connected site what waits to be told of its orders."""
        for shop in self._as_system()._usable():
            if shop._at_once():
                MessageRun(shop).run()
            else:
                shop._send_messages_later(f"merchantpro.messages:{shop.id}")
        return True

    def _send_messages_later(self, key):
        self.with_delay(
            description=self.env._("MerchantPro: tell %s about its orders", self.name),
            identity_key=key,
            priority=PRIORITY,
        )._job_send_messages()

    def _job_send_messages(self):
        if not self._usable():
            return  # stopped since this was enqueued
        with self._turn(LOCK) as shop:
            more = MessageRun(shop, JOB_SECONDS).run()
        if more:
            # The identity key belongs to this job until it is done.
            self._send_messages_later(f"merchantpro.messages.next:{self.id}")

    @api.model
    def _cron_push(self):
        due = Domain("next_try", "=", False) | Domain("next_try", "<=", fields.Datetime.now())
        waiting = self.env["merchantpro.order.message"]._read_group(
            Domain("state", "=", "waiting") & due, ["shop_id"]
        )
        for (shop,) in waiting:
            shop._unattended().send_messages()
        return super()._cron_push()

    def action_open_untold(self):
        return self._action_of("merchantpro_order_action", search_default_untold=1)
