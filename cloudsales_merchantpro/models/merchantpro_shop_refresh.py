"""What the site may change on products it created, after they were created: nothing, unless
the shop's settings say so.

Only what changed on the site since its last reading is written, so what a merchant edited
here stays until the site says something new. Linked products are never touched."""

from odoo import fields, models

from .import_refresh import Refresh

# setting: fields of the page, or of its variants, that it is about
PAGE_FIELDS = {
    "refresh_name": ("name",),
    "refresh_description": ("description",),
    "refresh_characteristics": ("characteristics", "manufacturer"),
    "refresh_category": ("category_id",),
}
ROW_FIELDS = {"refresh_name": ("name",), "refresh_weight": ("weight",)}


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    refresh_name = fields.Boolean()
    refresh_description = fields.Boolean()
    refresh_images = fields.Boolean(string="Refresh Pictures")
    refresh_characteristics = fields.Boolean()
    refresh_category = fields.Boolean()
    refresh_weight = fields.Boolean()

    def _refreshed(self, groups):
        """Names of the fields, of a {setting: fields}, that the site may refresh."""
        return [name for setting, names in groups.items() if self[setting] for name in names]


class MerchantProProduct(models.Model):
    _inherit = "merchantpro.product"

    def _upsert(self, shop, parsed):
        before = self._refreshable(shop, [each.id for each in parsed])
        changed = super()._upsert(shop, parsed)
        pages = changed.filtered(lambda page: page in before)
        if pages:
            env = self.env(
                su=True, context={**self.env.context, "allowed_company_ids": shop.company_id.ids}
            )
            Refresh(pages.with_env(env), before).apply()
            if shop.refresh_images:
                pages._refresh_images()
        return changed

    def _refreshable(self, shop, external_ids):
        """{page or row: {field: what the site said last}} of those with products that the site
        created, for what it may refresh."""
        page_fields, row_fields = shop._refreshed(PAGE_FIELDS), shop._refreshed(ROW_FIELDS)
        if not (page_fields or row_fields or shop.refresh_images):
            return {}
        rows = self.env["merchantpro.variant"].search(
            [
                ("shop_id", "=", shop.id),
                ("parent_id.external_id", "in", external_ids),
                ("match_state", "=", "linked"),
                ("match_field", "=", "created"),
            ]
        )
        rows.parent_id.fetch(page_fields)
        return {
            **{page: {name: page[name] for name in page_fields} for page in rows.parent_id},
            **{row: {name: row[name] for name in row_fields} for row in rows},
        }
