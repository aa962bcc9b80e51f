"""Which sales tax a VAT rate of the site means here. Always one with the price included: a
price without VAT in two decimals cannot give every price with VAT (10.00 at 21 % is
8.26 + 1.73 = 9.99)."""

import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .concurrency import touch

UNTOLD = "-"  # code of the row for lines that come without a rate


def without_rate(name):
    """`name` of a tax without the number in it: what 21% G and 11% G have in common."""
    return re.sub(r"\d+([.,]\d+)?", "", name)


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

    @api.depends("name", "percent", "code")
    def _compute_display_name(self):
        for rate in self:
            if rate.code == UNTOLD:
                rate.display_name = self.env._("no rate told")
            else:
                rate.display_name = f"{rate.name or ''} {rate.percent:g} %".strip()

    def write(self, vals):
        result = super().write(vals)
        if vals.get("tax_id") and not self.env.context.get("merchantpro_found_tax"):
            self.env["merchantpro.order"]._retry_held(self.shop_id)
        return result

    def _for_percents(self, shop, names):
        """{percent: row} for {percent: name}, made when first seen; percent None: no rate told. A
        row's `tax_id` stays empty where a person has to choose."""
        codes = {percent: self._code(percent) for percent in names}
        known = self.search([("shop_id", "=", shop.id), ("code", "in", list(codes.values()))])
        rows = {row.code: row for row in known}
        for percent, code in codes.items():
            row = rows.get(code)
            if not row:
                row = rows[code] = self.create(
                    {
                        "shop_id": shop.id,
                        "code": code,
                        "name": names[percent],
                        "percent": float(percent or 0),
                    }
                )
            if not row.tax_id:
                tax = row._included_tax()
                if tax:
                    # Found by ourselves, in the middle of an order: no reason to retry any.
                    row.with_context(merchantpro_found_tax=True).tax_id = tax
        return {percent: rows[code] for percent, code in codes.items()}

    def _code(self, percent):
        return UNTOLD if percent is None else f"{float(percent):g}"

    def _company_tax(self):
        """The company's sales tax of this rate, one included in the price where there is one.
        Empty when the company has none, or several that a percentage cannot tell apart: nothing
        is taxed at zero for want of a better idea."""
        if not self.percent:
            return self.env["account.tax"]
        taxes = self._candidates()
        return self._ordinary(taxes.filtered("price_include") or taxes)

    def _included_tax(self):
        """The same, its price-included twin made where it is missing."""
        normal = self._company_tax()
        if not normal or normal.price_include:
            return normal
        touch(normal)  # two orders at once make one twin
        return normal.copy(
            {
                "name": self._twin_name(normal),
                # What a buyer reads beside each line of the invoice.
                "invoice_label": f"{normal.amount:g}%",
                "price_include_override": "tax_included",
            }
        )

    def _candidates(self):
        company = self.shop_id.company_id
        return (
            self.env["account.tax"]
            .with_company(company)
            .search(
                [
                    ("company_id", "=", company.id),
                    ("country_id", "=", company.account_fiscal_country_id.id),
                    ("type_tax_use", "=", "sale"),
                    ("amount_type", "=", "percent"),
                    ("amount", "=", self.percent),
                ]
            )
        )

    def _ordinary(self, taxes):
        """The tax of `taxes` for the goods of a shop: the only one, the company's default, or the
        one that is named like the default but for the rate (as 11% G is to 21% G)."""
        if len(taxes) == 1:
            return taxes
        default = self.shop_id.company_id.account_sale_tax_id.with_env(taxes.env)
        if default & taxes or not default:
            return default & taxes
        names = {without_rate(default.name), without_rate(self._twin_name(default))}
        alike = taxes.filtered(lambda tax: without_rate(tax.name) in names)
        return alike if len(alike) == 1 else alike.browse()

    def _twin_name(self, tax):
        return self.env._("%s (price included)", tax.name)
