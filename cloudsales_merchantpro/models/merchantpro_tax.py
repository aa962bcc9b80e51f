"""Which sales tax a VAT rate of the site means here. Always one with the price included: a
price without VAT in two decimals cannot give every price with VAT (10.00 at 21 % is
8.26 + 1.73 = 9.99)."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class MerchantProTax(models.Model):
    _name = "merchantpro.tax"
    _description = "MerchantPro VAT Rate"
    _order = "shop_id, percent"
    _check_company_auto = True

    shop_id = fields.Many2one("merchantpro.shop", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="shop_id.company_id", store=True)
    code = fields.Char(required=True, help="The rate in percent, as the site tells it.")
    name = fields.Char()
    percent = fields.Float(digits=(6, 2))
    tax_id = fields.Many2one(
        "account.tax",
        string="Sales Tax",
        check_company=True,
        domain="[('type_tax_use', '=', 'sale'), ('price_include', '=', True)]",
    )

    _code_uniq = models.Constraint("unique(shop_id, code)", "The rate is already in the list.")

    @api.constrains("tax_id")
    def _check_tax_included(self):
        for tax in self.tax_id:
            if not tax.price_include:
                raise ValidationError(
                    self.env._("Choose a tax that is included in the price; %s is not.", tax.name)
                )

    @api.depends("name", "percent")
    def _compute_display_name(self):
        for rate in self:
            rate.display_name = f"{rate.name or ''} {rate.percent:g} %".strip()

    def write(self, vals):
        result = super().write(vals)
        if vals.get("tax_id") and not self.env.context.get("merchantpro_found_tax"):
            self.env["merchantpro.order"]._retry_held(self.shop_id)
        return result

    def _for_percent(self, shop, percent, name):
        """The row of a rate (a number in percent), made when first seen; its `tax_id` is empty
        when the company has no sales tax of that rate."""
        code = f"{float(percent or 0):g}"
        row = self.search([("shop_id", "=", shop.id), ("code", "=", code)])
        if not row:
            row = self.create(
                {"shop_id": shop.id, "code": code, "name": name, "percent": float(percent or 0)}
            )
        if not row.tax_id:
            tax = row._included_tax()
            if tax:
                # Found by ourselves, in the middle of an order: no reason to retry any.
                row.with_context(merchantpro_found_tax=True).tax_id = tax
        return row

    def _included_tax(self):
        """The company's price-included sales tax of this rate; the twin of its normal one is
        made where it is missing."""
        company = self.shop_id.company_id
        taxes = (
            self.env["account.tax"]
            .with_company(company)
            .search(
                [
                    ("company_id", "=", company.id),
                    ("type_tax_use", "=", "sale"),
                    ("amount_type", "=", "percent"),
                    ("amount", "=", self.percent),
                ]
            )
        )
        included = taxes.filtered("price_include")[:1]
        if included or not taxes:
            return included
        normal = taxes & company.account_sale_tax_id or taxes[:1]
        return normal.copy(
            {
                "name": self.env._("%s (price included)", normal.name),
                "price_include_override": "tax_included",
            }
        )
