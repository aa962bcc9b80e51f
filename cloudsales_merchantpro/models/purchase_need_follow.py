"""The purchases of needs: what they hold, and how they follow when an order asks for less.

A draft follows by itself. What the supplier knows already is for a person: the buyer gets an
activity with the difference."""

from odoo import api, fields, models

from .merchantpro_order_activity import ACTIVITY

ONE_DRAFT = {"company_id", "partner_id", "picking_type_id", "currency_id"}


class PurchaseNeed(models.Model):
    _inherit = "purchase.need"

    purchase_line_id = fields.Many2one(
        "purchase.order.line",
        string="Purchase Order Line",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="What it was ordered with or, where it is already coming, what brings it.",
    )
    purchase_order_id = fields.Many2one(
        related="purchase_line_id.order_id",
        string="Purchase Order",
        store=True,
        index="btree_not_null",
        compute_sudo=True,
    )
    ordered_at = fields.Datetime(readonly=True)
    received_at = fields.Datetime(readonly=True)
    expected_at = fields.Datetime(
        related="purchase_line_id.date_planned", string="Comes On", compute_sudo=True
    )
    late_qty = fields.Float(
        string="Received Late",
        compute="_compute_late_qty",
        store=True,
        digits="Product Unit",
        help="After the date for which it was expected when it was ordered.",
    )

    @api.depends("received_at", "ordered_at", "date_planned", "received_qty")
    def _compute_late_qty(self):
        for need in self:
            expected = need.ordered_at and need.date_planned
            late = expected and need.received_at and need.received_at.date() > expected
            need.late_qty = need.received_qty if late else 0.0

    @api.model
    def _shrink_line(self, line_id, trimmed):
        """Take so much, in the unit of the product, out of a line of a draft; what it still
        brings. Only drafts that nobody has sent: a request for prices is with the supplier."""
        line = self.env["purchase.order.line"].browse(line_id)
        if line.order_id.state != "draft":
            return line.product_uom_qty
        needs = line.need_ids.filtered(lambda need: need.state == "ordered")
        left = max(sum(needs.mapped("missing_qty")) - trimmed, 0.0)
        if line.need_qty and line.product_qty == line.need_qty:
            # Nobody changed it, so it is what would be ordered for the rest.
            quantity = needs._in_purchase_unit(left, line.product_uom_id) if left else 0.0
            quantity = min(quantity, line.product_qty)
        else:
            less = line.product_id.uom_id._compute_quantity(
                trimmed, line.product_uom_id, rounding_method="DOWN"
            )
            quantity = max(line.product_qty - less, 0.0)
        if not quantity:
            self._drop_line(line)
            return 0.0
        line.write({"product_qty": quantity, "need_qty": quantity})
        return line.product_uom_qty

    def _drop_line(self, line):
        order = line.order_id
        line.unlink()
        if order.need_cutoff and not order.order_line:
            order.button_cancel()

    def _tell_buyer(self, quantity):
        """An order that this was ordered for asks for less, and the supplier knows already."""
        self.ensure_one()
        order = self.purchase_line_id.order_id
        if self.state != "ordered" or order.state in ("draft", "cancel", False):
            return
        user = order.user_id or self.shop_id.user_id or self.env.ref("base.user_admin")
        order.with_context(mail_activity_quick_update=True).activity_schedule(
            ACTIVITY,
            user_id=user.id,
            summary=self.env._(
                "%(sale)s needs %(quantity)g %(unit)s less of %(product)s",
                sale=self.sale_order_id.name,
                quantity=quantity,
                unit=self.product_id.uom_id.name,
                product=self.product_id.display_name,
            ),
        )


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    need_ids = fields.One2many("purchase.need", "purchase_line_id", string="Needs")
    need_qty = fields.Float(
        digits="Product Unit", copy=False, help="What was ordered for needs, in its unit."
    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        self.env["purchase.need"]._note(lines.product_id)
        return lines

    def write(self, vals):
        before = self.product_id if "product_id" in vals else self.env["product.product"]
        result = super().write(vals)
        if not {"product_id", "product_qty", "product_uom_id"}.isdisjoint(vals):
            self.env["purchase.need"]._note(before | self.product_id)
        return result

    def unlink(self):
        products = self.product_id
        result = super().unlink()
        self.env["purchase.need"]._note(products)
        return result


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    need_cutoff = fields.Char(
        readonly=True,
        copy=False,
        help="The cut-off whose needs it orders; while it is a draft, those that follow join it.",
    )

    # Two workers that order different needs from one supplier at once make one draft.
    _need_cutoff_uniq = models.UniqueIndex(
        "(company_id, partner_id, picking_type_id, currency_id, need_cutoff)"
        " WHERE need_cutoff IS NOT NULL AND state = 'draft'",
        "There is a draft for the needs of this supplier already.",
    )

    def write(self, vals):
        if vals.get("state") == "cancel" or not ONE_DRAFT.isdisjoint(vals):
            # Taken up again, or of another supplier, it is a purchase of its own.
            vals = {**vals, "need_cutoff": False}
        result = super().write(vals)
        if not {"state", "picking_type_id"}.isdisjoint(vals):
            self.env["purchase.need"]._note(self.order_line.product_id)
        return result
