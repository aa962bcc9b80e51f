"""An extra code of a product: the one a shop, a supplier or an old system uses.

One text is the code of one product of a company, whatever its case. It may equal the internal
reference or barcode of another product, as those may among each other: the person who enters it
is told, and that product is found first.
"""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ..api.codes import trimmed
from .code_keys import key_sql, trimmed_sql


class ProductAdditionalCode(models.Model):
    _name = "product.additional.code"
    _description = "Additional Product Code"
    _rec_name = "code"
    _order = "code"
    _check_company_auto = True

    product_id = fields.Many2one(
        "product.product", required=True, ondelete="cascade", index=True, check_company=True
    )
    code = fields.Char(required=True, index="trigram")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        compute="_compute_company_id",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
    )
    shop_id = fields.Many2one(
        "merchantpro.shop",
        check_company=True,
        ondelete="set null",
        help="Empty: the code holds for every shop.",
    )

    _code_uniq = models.UniqueIndex(
        f"(company_id, {trimmed_sql('code')})",
        "Another product of the company already has this additional code.",
    )
    _code_key_index = models.Index(f"({key_sql('code')})")

    @api.depends("product_id", "shop_id")
    def _compute_company_id(self):
        for code in self:
            code.company_id = (
                code.shop_id.company_id
                or code.product_id.company_id
                or code.company_id
                or self.env.company
            )

    @api.constrains("code")
    def _check_code(self):
        if not all(trimmed(code.code) for code in self):
            raise ValidationError(self.env._("An additional code cannot be empty."))

    @api.onchange("code")
    def _onchange_code(self):
        code, products = trimmed(self.code), self.env["product.product"]
        if not code:
            return None
        own = self.product_id._origin
        others = products.search(
            ["|", ("default_code", "=", code), ("barcode", "=", code), ("id", "not in", own.ids)]
        )
        if others:
            message = self.env._(
                "%s has this code as its reference or barcode, and is found first.",
                others[0].display_name,
            )
        elif others := self._product_named(code) - own:
            message = self.env._("%s already has this code.", others[0].display_name)
        else:
            return None
        return {"warning": {"title": self.env._("Note:"), "message": message}}

    @api.model_create_multi
    def create(self, vals_list):
        codes = super().create([self._trimmed(vals) for vals in vals_list])
        codes._rematch(codes.mapped("code"), codes.company_id)
        return codes

    def write(self, vals):
        before, companies = self.mapped("code"), self.company_id
        result = super().write(self._trimmed(vals))
        if {"code", "product_id", "shop_id", "company_id"} & set(vals):
            self._rematch([*before, *self.mapped("code")], companies | self.company_id)
        return result

    def unlink(self):
        before, companies = self.mapped("code"), self.company_id
        result = super().unlink()
        self._rematch(before, companies)
        return result

    def _trimmed(self, vals):
        return {**vals, "code": trimmed(vals["code"])} if "code" in vals else vals

    def _rematch(self, codes, companies):
        variants = self.env["merchantpro.variant"]
        if self.env.context.get("import_file"):
            # Odoo's import writes record by record what it does not create.
            variants._collect_codes(codes)
        else:
            variants._codes_changed(codes, companies)

    @api.model
    def _product_named(self, text):
        """The product that has exactly this code, but for case; empty when none has."""
        self.flush_model(["code", "company_id", "product_id"])
        found = self.env.execute_query(
            SQL(
                f"SELECT product_id FROM product_additional_code WHERE {trimmed_sql('code')} ="
                f" {trimmed_sql('%s')} AND company_id = ANY(%s)",
                text,
                self.env.companies.ids,
            )
        )
        return self.env["product.product"].browse(product_id for (product_id,) in found)

    @api.model
    def _product_ids(self, operator, value):
        """A subquery of the ids of products with such a code. Who may search products need not
        have access to codes: a visitor of the website has not."""
        codes = self.sudo()._search(
            [("company_id", "in", self.env.companies.ids), ("code", operator, value)]
        )
        return codes.subselect(SQL.identifier(codes.table, "product_id"))
