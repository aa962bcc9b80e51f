"""Rows of the staging list without a fetch, where a test is about matching alone."""

from .common import ShopCase


class MatchCase(ShopCase):
    def prepare(self):
        super().prepare()
        self.number = 0

    def page(self, name="Page", shop=None):
        self.number += 1
        return self.env["merchantpro.product"].create(
            {
                "shop_id": (shop or self.shop).id,
                "external_id": f"page-{self.number}",
                "name": f"{name} {self.number}",
            }
        )

    def staged(self, sku=False, ean=False, page=None, **values):
        """An unmatched row, on a page of its own unless one is given."""
        page = page or self.page()
        self.number += 1
        return self.env["merchantpro.variant"].create(
            {
                "shop_id": page.shop_id.id,
                "parent_id": page.id,
                "external_id": str(self.number),
                "name": f"Row {sku or ean or self.number}",
                "sku": sku,
                "ean": ean,
                **values,
            }
        )

    def matched(self, *arguments, **values):
        row = self.staged(*arguments, **values)
        row.match()
        return row

    def erp_family(self, *codes, name="Shirt"):
        """The variants of one template, one for each code."""
        attribute = self.env["product.attribute"].create(
            {"name": "Size", "value_ids": [(0, 0, {"name": code}) for code in codes]}
        )
        line = {"attribute_id": attribute.id, "value_ids": attribute.value_ids.ids}
        template = self.env["product.template"].create(
            {"name": name, "attribute_line_ids": [(0, 0, line)]}
        )
        for variant, code in zip(template.product_variant_ids, codes, strict=True):
            variant.default_code = code
        return template.product_variant_ids

    def assert_matched(self, row, product, field=None):
        self.assertEqual((row.match_state, row.product_id), ("matched", product), row.match_reason)
        if field:
            self.assertEqual(row.match_field, field)

    def assert_ambiguous(self, row, *words):
        self.assertEqual(row.match_state, "ambiguous")
        self.assertFalse(row.product_id)
        for word in words:
            self.assertIn(word, row.match_reason)
