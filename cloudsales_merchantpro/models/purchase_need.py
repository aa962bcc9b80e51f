"""Goods that an order misses, and what became of that: open, ordered, coming anyway, received.

A row is a part of what a line of a sales order misses, with one fate. The rows of a line follow
what is reserved, received and cancelled by themselves (`purchase_need_balance`), so that ordered,
covered, excluded and open together are always what is missing. A row without a line was added by
a person, or by a reordering rule."""

from odoo import api, fields, models, tools
from odoo.exceptions import UserError

LIVING = ("open", "blocked", "ordered", "covered", "excluded")
TO_ORDER = ("open", "blocked")
STATES = [
    ("open", "To Order"),
    ("blocked", "Needs Attention"),
    ("ordered", "Ordered"),
    ("covered", "Already Coming"),
    ("received", "Received"),
    ("cancelled", "Cancelled"),
    ("excluded", "Not to Be Ordered"),
]


class PurchaseNeed(models.Model):
    _name = "purchase.need"
    _description = "Purchase Need"
    _inherit = "merchantpro.job"
    _order = "id desc"
    _check_company_auto = True
    _rec_name = "product_id"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    warehouse_id = fields.Many2one(
        "stock.warehouse",
        required=True,
        check_company=True,
        default=lambda self: self.env.user._get_default_warehouse_id(),
    )
    product_id = fields.Many2one(
        "product.product",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('is_storable', '=', True), ('purchase_ok', '=', True)]",
    )
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    sale_line_id = fields.Many2one(
        "sale.order.line",
        string="Sales Order Line",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    sale_order_id = fields.Many2one(
        related="sale_line_id.order_id",
        string="Sales Order",
        store=True,
        index="btree_not_null",
        compute_sudo=True,
    )
    customer_id = fields.Many2one(
        related="sale_order_id.partner_id", string="Customer", compute_sudo=True, store=True
    )
    shop_id = fields.Many2one(
        related="sale_order_id.merchantpro_shop_id", string="Shop", store=True, compute_sudo=True
    )
    orderpoint_id = fields.Many2one(
        "stock.warehouse.orderpoint",
        string="Reordering Rule",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    state = fields.Selection(STATES, default="open", required=True, readonly=True, index=True)
    missing_qty = fields.Float(
        string="Missing",
        digits="Product Unit",
        readonly=True,
        help="What the order misses of this product, as far as this row is about it.",
    )
    quantity = fields.Float(
        compute="_compute_quantity",
        store=True,
        readonly=False,
        precompute=True,
        digits="Product Unit",
        help="What is to be ordered. It follows what is missing until you change it.",
    )
    asked_qty = fields.Float(
        readonly=True, digits="Product Unit", help="What the line asked for when last looked at."
    )
    received_qty = fields.Float(string="Received", readonly=True, digits="Product Unit")
    cancelled_qty = fields.Float(string="Cancelled", readonly=True, digits="Product Unit")
    age = fields.Integer(string="Days", compute="_compute_age", help="Since it arose.")
    reason = fields.Char(readonly=True, help="Why it is as it is.")
    problem = fields.Char(readonly=True, help="What keeps it from being ordered.")

    note = fields.Char(compute="_compute_note")

    _quantity_positive = models.Constraint(
        "CHECK (quantity >= 0)", "The quantity to order cannot be negative."
    )
    _living_index = models.Index(
        "(product_id) WHERE state IN ('open', 'blocked', 'ordered', 'covered', 'excluded')"
    )

    @api.depends("missing_qty")
    def _compute_quantity(self):
        for need in self:
            need.quantity = need.missing_qty or need.quantity

    @api.depends("problem", "reason")
    def _compute_note(self):
        for need in self:
            need.note = need.problem or need.reason

    @api.depends("create_date")
    def _compute_age(self):
        now = fields.Datetime.now()
        for need in self:
            need.age = (now - need.create_date).days if need.create_date else 0

    @api.model
    @tools.ormcache()
    def _watched(self):
        """Whether anything is to be kept up to date: nothing is done, nor asked, before a shop or
        a company wants needs, or somebody adds one."""
        shops, companies = self.env["merchantpro.shop"].sudo(), self.env["res.company"].sudo()
        return bool(
            shops.search_count([("make_purchase_needs", "=", True)], limit=1)
            or companies.search_count(
                [
                    "|",
                    ("purchase_needs_all_orders", "=", True),
                    ("purchase_needs_reordering", "=", True),
                ],
                limit=1,
            )
            or self.sudo().search_count([], limit=1)
        )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("warehouse_id") and not vals.get("company_id"):
                warehouse = self.env["stock.warehouse"].browse(vals["warehouse_id"])
                vals["company_id"] = warehouse.company_id.id
        if not self._watched():
            self.env.registry.clear_cache()
        needs = super().create(vals_list)
        to_order = needs.filtered(lambda need: need.state in (*TO_ORDER, "covered"))
        to_order.filtered(lambda need: not need.supplier_id)._choose()
        to_order.filtered(lambda need: need.supplier_id and not need.seller_id)._price()
        needs._check_orderable()
        return needs

    def write(self, vals):
        by_a_person = not self.env.context.get("needs_quiet")
        if by_a_person and not {"quantity", "supplier_id"}.isdisjoint(vals):
            self._of_state(TO_ORDER, self.env._("Only what is not ordered yet can be changed."))
        result = super().write(vals)
        if by_a_person and "supplier_id" in vals:
            self._price()
            self._check_orderable()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_missing(self):
        quiet = self.env.context.get("needs_quiet")
        if not quiet and any(need.sale_line_id and need.state in LIVING for need in self):
            raise UserError(
                self.env._("What an order misses cannot be deleted. Exclude it instead.")
            )

    def action_exclude(self):
        """A person does not want these ordered; what else may come for them still counts."""
        self._of_state(TO_ORDER, self.env._("Only what is not ordered yet can be excluded."))
        self.write({"state": "excluded", "problem": False})
        self._balance_products(self.product_id)

    def action_include(self):
        self._of_state(("excluded",), self.env._("These are not excluded."))
        self.write({"state": "open"})
        self._check_orderable()
        self._balance_products(self.product_id)

    def action_cancel(self):
        """What a person added is not wanted any more."""
        if self.filtered("sale_line_id"):
            raise UserError(self.env._("What an order misses cannot be cancelled. Exclude it."))
        self._of_state((*TO_ORDER, "excluded"), self.env._("It is ordered already."))
        self.write({"state": "cancelled", "cancelled_qty": 0, "problem": False})

    def _of_state(self, states, words):
        if any(need.state not in states for need in self):
            raise UserError(words)

    def _action_list(self, name):
        """A window with these."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "cloudsales_merchantpro.purchase_need_action"
        )
        return action | {"name": name, "domain": [("id", "in", self.ids)], "context": {}}

    def action_open_sale(self):
        return self._action_form(self.sale_order_id)

    def action_open_purchase(self):
        return self._action_form(self.purchase_order_id)

    def _action_form(self, record):
        record.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "view_mode": "form",
        }
