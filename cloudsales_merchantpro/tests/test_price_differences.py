"""What the list shows as the price here, by who decides it."""

from .price_case import PriceCase


class TestPriceDifferences(PriceCase):
    def prepare(self):
        super().prepare()
        self.list = self.pricelist()
        self.fixed(self.list, 15)
        self.warehouse.pricelist_id = self.list

    def seen(self):
        self.row(1).invalidate_recordset(["erp_price", "price_differs"])
        return self.row(1).erp_price, self.row(1).price_differs

    def test_nobody_decides(self):
        self.assertEqual(self.seen(), (24.2, False))

    def test_odoo_decides(self):
        self.shop.write(
            {
                "price_direction": "push",
                "price_warehouse_id": self.warehouse.id,
                "price_markup": 10,
            }
        )
        self.assertEqual(self.seen(), (19.97, True))
        self.shop.price_tax = "net"
        self.assertEqual(self.seen(), (19.97, True))
        self.push()
        self.assertEqual(self.seen(), (19.97, False))

    def test_the_site_decides(self):
        self.shop.write(
            {"price_direction": "pull", "price_target_warehouse_ids": self.warehouse.ids}
        )
        self.assertEqual(self.seen(), (24.2, False))
        self.assertEqual(self.mug.lst_price, 20)

    def test_rows_without_a_product_have_no_price_here(self):
        self.site.add_product(id=2, sku="NEW", price_gross=4)
        self.shop.fetch_catalog()
        self.assertEqual(self.row(2).erp_price, 0)

    def test_the_price_of_another_currency_is_shown_in_the_sites(self):
        self.shop.currency_id = self.foreign(rate=5)
        self.assertEqual(self.seen()[0], 4.84)
