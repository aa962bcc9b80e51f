"""What happens to orders, and which rules that concerns.

An event costs nothing while no rule waits for it: which events any rule is about is cached. A
run is inserted in the transaction of its cause, and once, whoever else sees the same event:

    worker A                             worker B
    INSERT run (rule 1, order 7)
                                         INSERT … ON CONFLICT DO NOTHING: waits
    commits
                                         none is inserted, or the transaction begins again
"""

import datetime

from odoo import api, fields, models, tools

CACHED = {"event", "company_id", "active"}


class MerchantProRule(models.Model):
    _inherit = "merchantpro.rule"

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        if not CACHED.isdisjoint(vals):
            self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    @api.model
    @tools.ormcache()
    def _events_with_rules(self):
        """{(event, company id)}"""
        groups = self.sudo()._read_group([], ["event", "company_id"])
        return frozenset((event, company.id) for event, company in groups)

    @api.model
    def _is_awaited(self, *events):
        """Whether any company has a rule for one of these events; costs nothing."""
        return any(event in events for event, _company_id in self._events_with_rules())

    @api.model
    def _happened(self, event, documents):
        """Note that the rules of `event` are to run for these sales orders, transfers or
        invoices, all of one model; what belongs to no shop is left out."""
        if not documents or not self._is_awaited(event):
            return
        rules = self.sudo().search([("event", "=", event)])
        values = [
            rule._prepare_run_values(order, document)
            for document, order in rules._orders_of(documents.sudo())
            for rule in rules
            if rule._concerns(order)
        ]
        runs = self.env["merchantpro.rule.run"].sudo()._note(values)
        runs._wake()

    def _orders_of(self, documents):
        """[(document, its sales order)] of what a shop sold; an invoice may be for several."""
        return [
            (document, order)
            for document in documents
            for order in self._orders_of_one(document)
            if order.merchantpro_shop_id
        ]

    def _orders_of_one(self, document):
        if document._name == "stock.picking":
            return document.sale_id
        if document._name == "account.move":
            return document.line_ids.sale_line_ids.order_id
        return document

    def _prepare_run_values(self, order, document):
        return {
            "rule_id": self.id,
            "order_id": order.id,
            "picking_id": document.id if document._name == "stock.picking" else None,
            "move_id": document.id if document._name == "account.move" else None,
            "company_id": self.company_id.id,
            "run_at": self._moment(),
        }

    def _moment(self):
        """When a run that is noted now is due; None: at once."""
        if not self.delay:
            return None
        return fields.Datetime.now() + datetime.timedelta(minutes=self.delay)
