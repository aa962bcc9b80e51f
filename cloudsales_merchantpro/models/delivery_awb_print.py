"""Labels print when they are there, which may be long after the waybill has its number."""

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.delivery_awb.models.awb_states import UNMADE


class DeliveryAwb(models.Model):
    _inherit = "delivery.awb"

    @api.model_create_multi
    def create(self, vals_list):
        waybills = super().create(vals_list)
        waybills.filtered("label")._print_label()
        return waybills

    def write(self, vals):
        result = super().write(vals)
        if vals.get("label") or "state" in vals:
            self._print_label()
        return result

    def _print_label(self):
        """Queue the labels that print by themselves, or that a rule waits for; wake those that
        waited in the queue."""
        jobs = self.env["merchantpro.print.job"].sudo()
        for waybill in self.sudo():
            if waybill.state in UNMADE or not waybill.label:
                continue
            shop = waybill.picking_id.sale_id.merchantpro_shop_id
            if shop.print_label or waybill._label_is_awaited():
                jobs._queue_by_settings("label", waybill)
        jobs._of("label", self).filtered(lambda job: job.state == "waiting")._hurry()

    def action_print_on_printer(self):
        """Print these labels on the printer of their shop or warehouse; what was printed before
        only after asking."""
        return self.env["merchantpro.print.again"]._print("label", self)

    def _label_is_awaited(self):
        """Whether a rule came too early. It finds the label in the queue when it tries again."""
        waiting = (
            Domain("rule_id.action", "=", "print_label")
            & Domain("order_id", "=", self.picking_id.sale_id.id)
            & Domain("picking_id", "in", (False, self.picking_id.id))
            & Domain("state", "=", "waiting")
        )
        due = Domain("run_at", "=", False) | Domain("run_at", "<=", fields.Datetime.now())
        came = Domain("tries", ">", 0) | due
        return bool(self.env["merchantpro.rule.run"].search_count(waiting & came, limit=1))
