"""What a held order waits for, and the fix that a person makes on the order itself.

Choosing a product binds it to the site's row, so that the next order finds it; a customer chosen
is remembered; what is accepted holds for the order as the site has it now. A fix processes the
order at once, and all others that waited for the same.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..api.orders import parse_order
from .order_buyers import Buyers

ACCEPTABLE = ("total", "rule", "credit")


class MerchantProOrder(models.Model):
    _inherit = "merchantpro.order"

    held_for = fields.Selection(
        [
            ("product", "Unknown Product"),
            ("tax", "Unknown VAT Rate"),
            ("customer", "Customer to Choose"),
            ("mapping", "Missing Setting"),
            ("total", "Different Total"),
            ("rule", "Rule of the Shop"),
            ("credit", "Credit Limit"),
            ("site", "State on the Site"),
        ],
        readonly=True,
        index="btree_not_null",
        copy=False,
    )
    line_ids = fields.One2many(
        "merchantpro.order.line", "order_id", string="Comparison", copy=False
    )
    amounts_here = fields.Json(readonly=True, copy=False, prefetch=False)
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        copy=False,
        index="btree_not_null",
        domain="[('parent_id', '=', False), ('company_id', 'in', (False, company_id))]",
        help="The contact that this buyer is. Remembered for the buyer's next orders.",
    )
    candidate_ids = fields.Many2many(
        "res.partner", compute="_compute_candidate_ids", string="Contacts Found"
    )
    can_accept = fields.Boolean(compute="_compute_can_accept")
    accepted = fields.Json(readonly=True, copy=False)

    @api.depends("missing")
    def _compute_candidate_ids(self):
        for order in self:
            marks = [mark.partition(":") for mark in order.missing or ()]
            ids = [int(number) for kind, _colon, number in marks if kind == "contact"]
            order.candidate_ids = self.env["res.partner"].browse(ids).exists()

    @api.depends("state", "held_for")
    def _compute_can_accept(self):
        for order in self:
            order.can_accept = order.state == "held" and order.held_for in ACCEPTABLE

    def action_retry(self):
        held = self.filtered(lambda order: order.state == "held")
        held._bind_chosen_products()
        held._remember_chosen_customers()
        return super().action_retry()

    def action_accept(self):
        """Import these orders in spite of what they are held for."""
        for order in self:
            if not order.can_accept:
                raise UserError(self.env._("Order %s has nothing to accept.", order.external_id))
        for order in self._as_system():
            kinds = order.accepted["kinds"] if order._accepted_now() else []
            kinds = sorted({*kinds, order.held_for})
            order.accepted = {"digest": order.digest, "kinds": kinds}
            order.message_post(
                body=self.env._("Accepted by %(user)s: %(reason)s",
                                user=self.env.user.name, reason=order.held_reason)
            )  # fmt: skip
        self._process_now()

    def _accepted_now(self):
        """Whether something was accepted, and the site has not changed the order since."""
        return bool(self.accepted) and self.accepted["digest"] == self.digest

    def _accepted_for(self, kind):
        return self._accepted_now() and kind in self.accepted["kinds"]

    # Products

    def _bind_chosen_products(self):
        chosen = self.line_ids.filtered(lambda line: line.needs_product and line.product_id)
        rows = self.env["merchantpro.variant"].search(
            [
                ("shop_id", "in", self.shop_id.ids),
                ("external_id", "in", list(filter(None, chosen.mapped("external_id")))),
            ]
        )
        staged = {(row.shop_id, row.external_id): row for row in rows}
        for line in chosen:
            line._bind(staged.get((line.order_id.shop_id, line.external_id), rows.browse()))

    def _chosen_products(self):
        """{number of a row: the product a person chose for it}"""
        chosen = self.line_ids.filtered(lambda line: line.needs_product and line.product_id)
        return {line.number: line.product_id for line in chosen}

    # Customers

    def _remember_chosen_customers(self):
        chosen = self.filtered(lambda order: order.held_for == "customer" and order.partner_id)
        marks = [
            mark for order in chosen for mark in order.missing or () if mark.startswith("buyer:")
        ]
        for order in chosen._as_system():
            parsed = parse_order(order.payload)
            Buyers(order.shop_id).choose(parsed, order.partner_id)
        if marks:
            self._retry_marked(chosen.shop_id, marks)

    # The table of both sides

    def _lay_out_held(self, parsed, meaning):
        """Show the rows of held orders beside what they are here; the others need no table."""
        held = self.filtered(lambda order: order.state == "held" and order in parsed)
        (self - held).line_ids.unlink()
        for order in held:
            order._lay_out(parsed[order], meaning[order])

    def _lay_out(self, parsed, meaning):
        rows = self.line_ids._prepare_rows(parsed, meaning, self.amounts_here or {})
        known = {line.number: line for line in self.line_ids}
        for number, values in rows.items():
            line = known.get(number)
            if line and line._is_like(values):
                continue
            if line:
                line.unlink()
            self.env["merchantpro.order.line"].create(
                {**values, "order_id": self.id, "number": number}
            )
        self.line_ids.filtered(lambda line: line.number not in rows).unlink()
