"""Rules that make waybills. The rule's work is done when the waybill is asked for; what the
courier says of it afterwards is written on the run, so that a refusal is an open point of its
order, and Retry there sends it again."""

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .rule_outcomes import NotNeeded


class MerchantProRule(models.Model):
    _inherit = "merchantpro.rule"

    def _do_awb(self, run):
        pickings = run._awb_pickings()
        wanted = pickings.filtered(lambda each: each._awb_wanted())
        if not wanted:
            numbers = ", ".join(filter(None, pickings.awb_ids.mapped("number")))
            raise NotNeeded(
                self.env._("It has its waybill: %s", numbers)
                if numbers
                else self.env._("Nothing is to be sent.")
            )
        if all(each.carrier_id.delivery_type == "manual" for each in wanted):
            raise NotNeeded(self.env._("The waybills of this carrier are typed by hand."))
        hindrances = [words for each in wanted if (words := each._awb_hindrance())]
        if hindrances:
            raise UserError("\n".join(hindrances))
        waybills = wanted._make_awb()
        refused = waybills.filtered(lambda each: each.state == "error")
        if refused:
            raise UserError("\n".join(filter(None, refused.mapped("problem"))))
        return run._awb_words(waybills)


class MerchantProRuleRun(models.Model):
    _inherit = "merchantpro.rule.run"

    def _awb_pickings(self):
        """What is sent to the buyer of this run's document."""
        pickings = self.picking_id._to_buyer() or self.order_id.picking_ids._to_buyer()
        return pickings.filtered(lambda each: each.state not in ("draft", "cancel"))

    def _awb_words(self, waybills):
        numbers = filter(None, waybills.mapped("number"))
        words = ", ".join(numbers) or self.env._("Asked for; the courier has not answered yet.")
        return self.env._("Waybill: %s", words)

    def _awb_settled(self, waybill, problem):
        """A waybill that runs of rules asked for was made, or refused with the words `problem`.
        Never an error: the courier's answer must be kept, whatever becomes of a run. One that
        somebody is at just now looks for itself."""
        self.flush_model(["state", "rule_id", "order_id", "picking_id"])
        self.env["merchantpro.rule"].flush_model(["action"])
        sale = waybill.sale_id or waybill.picking_id.sale_id
        if not sale:
            return
        rows = self.env.execute_query(
            SQL(
                """
                SELECT r.id FROM merchantpro_rule_run r
                  JOIN merchantpro_rule u ON u.id = r.rule_id
                 WHERE u.action = 'awb' AND r.order_id = %s AND r.state = %s
                   AND (r.picking_id = %s OR u.event = 'reserved' OR r.picking_id IS NULL)
                   FOR UPDATE OF r SKIP LOCKED
                """,
                sale.id,
                "done" if problem else "failed",
                waybill.picking_id.id,
            )
        )
        runs = self.browse([row[0] for row in rows])
        for run in runs:
            words = False if problem else run._awb_words(waybill)
            state = "failed" if problem else "done"
            run.write({"state": state, "problem": problem, "result": words})
        if not problem:
            # Rules after it may have waited for this.
            runs._wake_next()
