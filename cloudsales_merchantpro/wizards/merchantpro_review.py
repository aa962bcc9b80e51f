"""Reviewing the staging list row by row: what the site says beside what is here, and a decision.

The wizard holds the ids of the rows in question and where in them the person is. Each decision
is taken by the row itself (`merchantpro.variant`), so it can be undone there."""

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

SCOPES = {
    "review": ("ambiguous", "no_code"),
    "ambiguous": ("ambiguous",),
    "no_code": ("no_code",),
    "matched": ("matched",),
    "new": ("new",),
}


class MerchantProReview(models.TransientModel):
    _name = "merchantpro.review"
    _description = "Review of Marketplace Products"

    shop_id = fields.Many2one("merchantpro.shop", required=True, readonly=True, ondelete="cascade")
    scope = fields.Selection(
        [
            ("review", "To Review"),
            ("ambiguous", "Ambiguous"),
            ("no_code", "No Code"),
            ("matched", "Matched"),
            ("new", "To Create"),
            ("chosen", "Chosen Rows"),
        ],
        string="Rows",
        default="review",
        required=True,
    )
    row_ids = fields.Json(string="Rows in Question", readonly=True, help="Their ids, in order.")
    position = fields.Integer(readonly=True)
    total = fields.Integer(compute="_compute_row_id")
    progress = fields.Char(compute="_compute_row_id")
    row_id = fields.Many2one("merchantpro.variant", compute="_compute_row_id")
    decided = fields.Char(readonly=True, help="What was decided last.")

    image_url = fields.Char(related="row_id.image_url")
    name = fields.Char(related="row_id.name")
    sku = fields.Char(related="row_id.sku")
    ean = fields.Char(related="row_id.ean")
    category_id = fields.Many2one(related="row_id.category_id")
    price_gross = fields.Float(related="row_id.price_gross")
    url = fields.Char(related="row_id.url")
    match_state = fields.Selection(related="row_id.match_state")
    match_field = fields.Selection(related="row_id.match_field")
    match_reason = fields.Char(related="row_id.match_reason")
    company_id = fields.Many2one(related="shop_id.company_id")

    candidate_ids = fields.One2many("merchantpro.review.candidate", "review_id")
    product_id = fields.Many2one(
        "product.product",
        string="Another Product",
        domain="[('company_id', 'in', (company_id, False))]",
    )

    @api.depends("row_ids", "position")
    def _compute_row_id(self):
        for review in self:
            ids = review.row_ids or []
            at = review.position
            review.row_id = ids[at] if at < len(ids) else False
            review.total = len(ids)
            review.progress = self.env._(
                "%(number)s of %(total)s", number=min(at + 1, len(ids)), total=len(ids)
            )

    # Going through the rows

    @api.model
    def _open_for(self, shop, scope, rows=None):
        """The wizard's action for a shop; `rows` where a person chose them."""
        review = self.create({"shop_id": shop.id, "scope": scope})
        return review._restart(rows)

    @api.onchange("scope")
    def _onchange_scope(self):
        if self.scope != "chosen":
            self.row_ids, self.position = self._ids_in_scope(), 0

    def _ids_in_scope(self):
        domain = Domain("shop_id", "=", self.shop_id.id) & Domain(
            "match_state", "in", SCOPES[self.scope]
        )
        return self.env["merchantpro.variant"].search(domain).ids

    def action_start(self):
        """Begin again with the rows of the scope that was chosen."""
        return self._restart(None)

    def _restart(self, rows):
        ids = rows.ids if rows is not None else self._ids_in_scope()
        self.write({"row_ids": ids, "position": 0, "decided": False})
        return self._show()

    def action_skip(self):
        return self._go(1)

    def action_back(self):
        return self._go(-1)

    def _go(self, step):
        self.position = min(max(self.position + step, 0), len(self.row_ids or []))
        return self._show()

    def _show(self):
        """The same window with the row at `position` and the products that may be meant."""
        self.write({"product_id": False, "candidate_ids": self._candidate_commands()})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Review"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def _candidate_commands(self):
        candidates = self.env["merchantpro.review.candidate"]._for_row(self.row_id)
        return [Command.clear(), *map(Command.create, candidates)]

    # Decisions about the row shown

    def action_link(self):
        """Bind the row to the product chosen in the field."""
        return self._link(self.product_id)

    def action_link_with_code(self):
        """The same, and give that product the site's code, for every row to come."""
        return self._link(self.product_id, with_code=True)

    def _link(self, product, **how):
        if not product:
            raise UserError(self.env._("Choose a product first."))
        row = self._undecided_row()
        row._decide_link(product, **how)
        names = {"row": row.display_name, "product": product.display_name}
        return self._decided(self.env._("%(row)s is linked to %(product)s.", **names))

    def action_create_new(self):
        row = self._undecided_row()
        row.action_mark_new()
        return self._decided(self.env._("Import will create %s.", row.display_name))

    def action_ignore(self):
        row = self._undecided_row()
        row.action_ignore()
        return self._decided(self.env._("%s is left alone.", row.display_name))

    def _undecided_row(self):
        """The row shown. Somebody else, or a job, may have settled it since it was shown."""
        row = self.row_id.exists()
        if not row:
            raise UserError(self.env._("This row is gone. Go on to the next one."))
        if row.match_state == "linked":
            names = {"row": row.display_name, "product": row.product_id.display_name}
            raise UserError(
                self.env._(
                    "%(row)s was linked to %(product)s meanwhile. Go on to the next one.", **names
                )
            )
        return row

    def _decided(self, words):
        self.decided = words
        return self._go(1)

    # Decisions about all rows from here on

    def _rest(self):
        """The row shown and those after it, without what was settled meanwhile."""
        rows = self.env["merchantpro.variant"].browse((self.row_ids or [])[self.position :])
        return rows.exists().filtered(lambda row: row.match_state not in ("linked", "ignored"))

    def action_create_rest(self):
        rows = self._rest()
        rows.action_mark_new()
        return self._finish(self.env._("Import will create %s products.", len(rows)))

    def action_ignore_rest(self):
        rows = self._rest()
        rows.action_ignore()
        return self._finish(self.env._("%s rows are left alone.", len(rows)))

    def action_link_rest(self):
        """Link every row that has a proposal; the others stay for a person."""
        rows = self._rest().filtered("product_id")
        rows.action_link()
        return self._finish(self.env._("%s rows are linked.", len(rows)))

    def _finish(self, words):
        self.write({"decided": words, "position": len(self.row_ids or [])})
        return self._show()
