"""A shop with pictures, and short ways to look at them on both sides."""

import base64

from merchantpro_simulator import pictures as drawn

from .common import ShopCase


class PictureCase(ShopCase):
    def prepare(self):
        super().prepare()
        self.images = self.env["merchantpro.image"]

    def picture(self, number, **fields):
        """A picture as the site lists it."""
        return {"url": f"{self.site.url}/img/{number}.png", "hash": f"h{number}", **fields}

    def add_mug(self, *numbers, **fields):
        images = [self.picture(number) for number in numbers]
        self.site.add_product(
            **{"id": 1, "name": "Cană", "sku": "CANA", "images": images, **fields}
        )

    def add_shirt(self):
        self.site.add_product(
            id=2,
            name="Tricou",
            sku="TR",
            images=[self.picture(61)],
            variants=[
                {"id": 21, "options": {"Mărime": "M"}, "sku": "M", "images": [self.picture(61)]},
                {"id": 22, "options": {"Mărime": "L"}, "sku": "L", "images": [self.picture(62)]},
            ],
        )

    def change_pictures(self, *images):
        """Other pictures on the site, and we read its catalogue."""
        self.site.update("product", 1, images=list(images))
        self.shop.fetch_catalog()

    def page(self, external_id=1):
        return self.env["merchantpro.product"].search(
            [("shop_id", "=", self.shop.id), ("external_id", "=", external_id)]
        )

    def image(self, number, page=1):
        return self.page(page).image_ids.filtered(lambda row: row.url.endswith(f"/{number}.png"))

    def template(self):
        return self.row(1).product_id.product_tmpl_id

    def documents(self, template=None):
        template = template or self.template()
        return self.env["product.document"].search(
            [("res_model", "=", "product.template"), ("res_id", "=", template.id)]
        )

    def bytes_of(self, number):
        return drawn.draw(number, "?")

    def assert_shows(self, record, number, field="image_1920"):
        record.invalidate_recordset()
        self.assertEqual(base64.b64decode(record[field] or b""), self.bytes_of(number))

    def states(self):
        return [(row.url.rpartition("/")[2], row.state) for row in self.page().image_ids]
