"""Where a person has to decide: said on the waybill, as an activity when it matters, and with the
buttons that answer it."""

from odoo import models
from odoo.exceptions import AccessError, UserError

from .awb_states import UNMADE, UNSURE


class DeliveryAwb(models.Model):
    _inherit = "delivery.awb"

    # From the outside: scripts, rules, other addons

    def _again(self):
        """Send what is not under way: new ones, and what the courier refused."""
        self.filtered(lambda each: each.state == "error")._become("draft", attempts=0)
        self.filtered(lambda each: each.state == "draft" and not each.queued)._send()

    # Buttons

    def action_retry(self):
        """Send, or look up, now."""
        self.check_access("write")
        self.filtered(lambda each: each.state == "error")._become("draft", attempts=0)
        self.filtered(lambda each: each.state == "draft")._send(now=True)
        self.filtered(lambda each: each.state in UNSURE).action_look_up()

    def action_look_up(self):
        self.check_access("write")
        for waybill in self.filtered(lambda each: each.state in UNSURE):
            waybill._delayed(now=True)._job_find()

    def action_not_there(self):
        """The courier was asked by a person: it has no such waybill. It may be made again."""
        if not self.env.user.has_group("stock.group_stock_manager"):
            raise AccessError(self.env._("Only an inventory manager may say so."))
        for waybill in self.filtered(lambda each: each.state == "uncertain"):
            waybill._become("draft", problem=False, attempts=0, try_after=False)
            waybill.message_post(body=self.env._("Said not to exist at the courier."))
        self.filtered("cancel_wanted")._cancel_wanted()

    def action_cancel(self):
        self.check_access("write")
        late = self.filtered(lambda each: each.state not in (*UNMADE, "issued"))
        if late:
            raise UserError(
                self.env._(
                    "The courier has picked up %s: it cannot be cancelled any more. Detach it, if"
                    " the transfer needs another one.",
                    ", ".join(late.mapped("display_name")),
                )
            )
        self._cancel_wanted()

    def action_detach(self):
        """Let the transfer have another waybill, whatever becomes of this one at the courier."""
        self.check_access("write")
        there = self.filtered(lambda each: each.number or each.state == "uncertain")
        for waybill in there.filtered(lambda each: not each.detached):
            waybill.detached = True
            waybill._untell_transfer()
            waybill.picking_id.message_post(
                body=self.env._(
                    "Waybill %(number)s of %(carrier)s was detached; at the courier it may still"
                    " stand.",
                    number=waybill.display_name,
                    carrier=waybill.carrier_id.name,
                )
            )

    def _ask_person(self, words):
        """An activity for whoever is responsible for the transfer, once."""
        for waybill in self:
            if waybill.activity_ids:
                continue
            # In the list of tasks, not a mail for each of a hundred.
            waybill.with_context(mail_activity_quick_update=True).activity_schedule(
                "mail.mail_activity_data_warning",
                summary=self.env._("Waybill of %s", waybill.picking_id.name),
                note=words,
                user_id=waybill._responsible().id,
            )

    def _responsible(self):
        """Who is at the transfer, at the sale, or clicked; of those who may see the waybill. A
        manager of the warehouse where it was made by itself."""
        picking, company = self.picking_id, self.company_id
        near = (picking.user_id, picking.sale_id.user_id, self.create_uid)
        managers = self.env.ref("stock.group_stock_manager").sudo().all_user_ids
        for user in (*near, *managers.sorted("id")):
            if self._can_care(user, company):
                return user
        return self.env.user

    def _can_care(self, user, company):
        if not user.active or user._is_superuser() or company not in user.company_ids:
            return False
        return self.with_user(user).with_company(company).has_access("read")
