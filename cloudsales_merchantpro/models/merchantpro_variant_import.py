"""Taking rows of the staging list over into the catalogue.

Linking never writes to the product. Creating makes one template per product page,
with the variants the site has; where a page already has a product here, its
missing variants join that template.
"""

import psycopg2

from odoo import Command, models
from odoo.exceptions import UserError, ValidationError


class MerchantProVariant(models.Model):
    _inherit = "merchantpro.variant"

    def import_to_catalog(self):
        """Link the matched rows and create products for the new ones, as jobs of one product
        page each chunk; rows in any other state are left. Safe to repeat."""
        rows = self.filtered(lambda row: row.match_state in ("matched", "new"))
        if self._at_once():
            rows._import_pages(rows.parent_id)
            return True
        pages = rows.parent_id
        for start in range(0, len(pages), 50):
            chunk = pages[start : start + 50]
            chunk_rows = rows.filtered(lambda row, chunk=chunk: row.parent_id in chunk)
            chunk_rows.with_delay(
                description=self.env._("MerchantPro: import %s products", len(chunk)),
                identity_key=f"merchantpro.import:{chunk_rows.ids}",
            )._job_import()
        return True

    def _job_import(self):
        rows = self.exists().filtered(lambda row: row.match_state in ("matched", "new"))
        rows._import_pages(rows.parent_id)

    def _import_pages(self, pages):
        for page in pages:
            rows = self.filtered(lambda row, page=page: row.parent_id == page)
            try:
                with self.env.cr.savepoint():
                    rows._import_page(page)
            except (UserError, ValidationError, psycopg2.IntegrityError) as error:
                # One bad row never stops the others: the words stay on it.
                rows.write({"import_error": str(error)})
            else:
                rows.filtered("import_error").write({"import_error": False})
        linked = self.filtered(lambda row: row.match_state == "linked")
        self.env["merchantpro.order"]._retry_linked(linked)

    def _import_page(self, page):
        rows = self.with_company(page.company_id)
        matched = rows.filtered(lambda row: row.match_state == "matched")
        matched._link()
        new = rows - matched
        if not new:
            return
        template = page.product_tmpl_id if page.variant_ids.product_id else None
        if template and not new[0].options:
            raise UserError(self.env._("%s already has a product here.", page.name))
        template = template or new._create_template(page)
        for row in new:
            row._bind_created(template)
        self.env["merchantpro.product"]._created_here(new)

    def _create_template(self, page):
        lines = [
            Command.create({"attribute_id": attribute.id, "value_ids": [Command.set(values.ids)]})
            for attribute, values in self._attribute_values().items()
        ]
        return self.env["product.template"].create(
            {**self._prepare_template_values(page), "attribute_line_ids": lines}
        )

    def _prepare_template_values(self, page):
        """Values of a new product. The sales price is the site's, VAT included, and so is its
        tax: a price without VAT in two decimals cannot give every price with VAT."""
        first = self[0]
        taxes = self.env["merchantpro.tax"]
        tax = taxes._for_percent(page.shop_id, page.tax_percent, page.tax_name)
        category = page.category_id._product_category() if page.category_id else None
        values = {
            "name": page.name,
            "type": "service" if page.type == "digital" else "consu",
            "is_storable": page.type != "digital" and first.tracked,
            "description": page.description,
            "weight": page.weight,
            "list_price": first.price_gross,
            "taxes_id": [Command.set(tax.tax_id.ids)],
        }
        if category:
            values["categ_id"] = category.id
        return values

    def _attribute_values(self):
        """{product.attribute: product.attribute.value records} of all rows of one page,
        made where they do not exist. `dynamic`: only the variants the site has come to be."""
        result = {}
        for row in self:
            for name, value in row.options or []:
                attribute = self.env["product.attribute"].search([("name", "=", name)], limit=1)
                attribute = attribute or attribute.create(
                    {"name": name, "create_variant": "dynamic"}
                )
                found = attribute.value_ids.filtered(lambda each, v=value: each.name == v)[:1]
                found = found or found.create({"name": value, "attribute_id": attribute.id})
                result[attribute] = result.get(attribute, found) | found
        return result

    def _bind_created(self, template):
        product = self._product_of(template)
        values = {"default_code": self.sku or False}
        if self.ean and not product.search_count([("barcode", "=", self.ean)], limit=1):
            values["barcode"] = self.ean
        product.write(values)
        self.write(
            {
                "product_id": product.id,
                "match_state": "linked",
                "match_field": "created",
                "match_reason": False,
            }
        )

    def _product_of(self, template):
        """The variant of `template` with this row's options, created where it is missing."""
        wanted = self._attribute_values()
        if not wanted:
            return template.product_variant_id
        for attribute, values in wanted.items():
            line = template.attribute_line_ids.filtered(
                lambda each, a=attribute: each.attribute_id == a
            )
            if not line:
                raise UserError(
                    self.env._(
                        "%(product)s has no attribute %(attribute)s; add it, then import again.",
                        product=template.name,
                        attribute=attribute.name,
                    )
                )
            if values - line.value_ids:
                line.write({"value_ids": [Command.link(value.id) for value in values]})
        combination = template.attribute_line_ids.product_template_value_ids.filtered(
            lambda each: (
                each.ptav_active
                and each.product_attribute_value_id in wanted.get(each.attribute_id, [])
            )
        )
        return template._get_variant_for_combination(
            combination
        ) or template._create_product_variant(combination)
