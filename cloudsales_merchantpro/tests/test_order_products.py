"""Which product a row of an order means: the bound one, else by code, EAN or additional code."""

from .order_case import OrderCase

EAN = "5941234567899"
GONE = {"missing": True, "product_id": 99, "product_name": "Vază", "unit_price_gross": 5}


class TestOrderProducts(OrderCase):
    def sold(self, **line):
        order = self.read_order([{**GONE, **line}])
        return self.assert_imported(order).order_line.product_id

    def test_the_bound_product_comes_before_any_code(self):
        self.erp_product("ALTA", barcode=EAN)
        codes = {"product_sku": "ALTA", "product_ean": EAN}
        self.assertEqual(self.sold(missing=False, product_id=1, **codes), self.mug)

    def test_the_code_finds_it(self):
        vase = self.erp_product("VAZA")
        self.assertEqual(self.sold(product_sku="VAZA", product_ean=EAN), vase)

    def test_the_ean_finds_it_where_the_code_does_not(self):
        vase = self.erp_product("V", barcode=EAN)
        self.assertEqual(self.sold(product_sku="VAZA", product_ean=EAN), vase)

    def test_an_additional_code_finds_it_where_neither_does(self):
        vase = self.erp_product("V", extra=["VAZA"])
        self.assertEqual(self.sold(product_sku="VAZA", product_ean=EAN), vase)

    def test_a_reference_comes_before_an_additional_code(self):
        vase = self.erp_product("VAZA")
        self.erp_product("V", extra=["VAZA"])
        self.assertEqual(self.sold(product_sku="VAZA"), vase)

    def test_the_rows_of_several_orders_find_each_its_own(self):
        vase, lamp = self.erp_product("VAZA"), self.erp_product("L", barcode=EAN)
        numbers = [
            self.site.add_order([{**GONE, **line} for line in lines])["id"]
            for lines in (
                [{"product_sku": "VAZA"}, {"product_id": 98, "product_ean": EAN}],
                [{"product_id": 98, "product_ean": EAN}],
                [{"missing": False, "product_id": 1}],
            )
        ]
        self.shop.fetch_orders()
        found = [self.assert_imported(self.order(each)).order_line.product_id for each in numbers]
        self.assertEqual(found, [vase + lamp, lamp, self.mug])
