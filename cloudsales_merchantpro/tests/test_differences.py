"""What differs between the site and the ERP, and finding rows by any code."""

from lxml import etree

from odoo.tools.safe_eval import safe_eval

from .common import ShopCase


class TestDifferences(ShopCase):
    def prepare(self):
        super().prepare()
        self.mug = self.erp_product("CANA", stock=4, extra=["VECHI-1"], barcode="5941234567899")
        # Sold without VAT on top, so that the price here is the price with VAT.
        self.mug.write({"lst_price": 24.2, "taxes_id": False})
        self.site.add_product(id=1, name="Cană", sku="CANA", price_gross=24.2, stock=4)
        self.import_catalog()

    def found(self, *domain):
        rows = self.env["merchantpro.variant"]
        return rows.search([("shop_id", "=", self.shop.id), *domain])

    def test_equal_rows_are_not_found_by_the_filters(self):
        self.assertEqual((self.row(1).erp_price, self.row(1).erp_stock), (24.2, 4))
        self.assertFalse(self.found(("price_differs", "=", True)))
        self.assertFalse(self.found(("stock_differs", "=", True)))

    def test_another_price_here_is_found(self):
        self.mug.lst_price = 30
        self.assertEqual(self.found(("price_differs", "=", True)), self.row(1))
        self.assertFalse(self.found(("price_differs", "=", False)))

    def test_the_price_here_has_vat_in_it(self):
        tax = self.env["account.tax"].search(
            [
                ("company_id", "=", self.company.id),
                ("type_tax_use", "=", "sale"),
                ("amount", "=", 21),
                ("price_include", "=", False),
            ],
            limit=1,
        )
        self.mug.write({"lst_price": 20, "taxes_id": tax.ids})
        self.assertEqual(self.row(1).erp_price, 24.2)
        self.assertFalse(self.row(1).price_differs)

    def test_another_stock_here_is_found(self):
        self.set_stock(self.mug, 9)
        self.assertEqual(self.row(1).erp_stock, 9)
        self.assertEqual(self.found(("stock_differs", "=", True)), self.row(1))

    def test_what_the_site_does_not_count_does_not_differ(self):
        self.row(1).tracked = False
        self.set_stock(self.mug, 9)
        self.assertFalse(self.found(("stock_differs", "=", True)))

    def test_rows_that_are_not_linked_do_not_differ(self):
        self.site.add_product(id=2, name="Lingură", sku="NOU", price_gross=5, stock=3)
        self.shop.fetch_catalog()
        self.assertFalse(self.row(2).price_differs or self.row(2).stock_differs)

    def test_rows_are_found_by_any_code_of_their_product(self):
        view = self.env.ref("cloudsales_merchantpro.merchantpro_variant_search")
        arch = self.env["merchantpro.variant"].get_view(view.id, "search")["arch"]
        for code in ("CANA", "5941234567899", "VECHI-1", "Cană"):
            self.assertEqual(self.found(*self.search_box(arch, code)), self.row(1), code)

    def search_box(self, arch, text):
        """The domain of what is typed into the search box."""
        field = etree.fromstring(arch).find("field[@name='name']")
        return safe_eval(field.get("filter_domain"), {"self": text})
