"""A tea set of one pot and four cups. The shop sells the set as unit 10 and cups as unit 11."""

from odoo.addons.cloudsales_merchantpro.tests.stock_case import StockCase


class KitCase(StockCase):
    def prepare(self):
        super().prepare()
        self.pot = self.erp_product("POT", stock=5)
        self.cup = self.erp_product("CUP", stock=21)
        self.tea_set = self.erp_product("SET", is_storable=False)
        self.bom = self.make_kit(self.tea_set, {self.pot: 1, self.cup: 4})
        self.site.add_product(id=10, sku="SET", stock=0)
        self.site.add_product(id=11, sku="CUP", stock=0)
        self.import_catalog()
        self.push()

    def make_kit(self, product, parts, **values):
        return self.env["mrp.bom"].create(
            {
                "product_tmpl_id": product.product_tmpl_id.id,
                "type": "phantom",
                "bom_line_ids": [
                    (0, 0, {"product_id": part.id, "product_qty": quantity})
                    for part, quantity in parts.items()
                ],
                **values,
            }
        )

    def sent_by_unit(self):
        """{id of the unit: stock that the shop is sent now}."""
        self.site.clear_calls()
        self.push()
        calls = self.site.calls_of("PATCH", "/inventory")
        return {int(call["path"].rsplit("/")[-1]): call["body"]["stock"] for call in calls}

    def published(self, product):
        row = product.merchantpro_variant_ids
        return self.shop._published_stock(row).get(row)
