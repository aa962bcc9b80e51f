import base64

from .picture_case import PictureCase


class TestTakenPictures(PictureCase):
    def test_the_main_picture_and_the_gallery_come_with_the_product_and_are_refreshed(self):
        self.add_mug(51, 52, 53)
        self.import_catalog()
        self.assert_shows(self.template(), 51)
        self.assertEqual(
            [document.raw for document in self.documents()],
            [self.bytes_of(52), self.bytes_of(53)],
        )
        self.assertEqual(self.documents().mapped("mimetype"), ["image/png"] * 2)
        self.assertEqual(set(self.page().image_ids.mapped("state")), {"done"})
        self.assertEqual(self.image(51).mimetype, "image/png")
        self.assertEqual(self.image(51).size, len(self.bytes_of(51)))
        self.documents().filtered(lambda each: each.raw == self.bytes_of(53)).raw = b"mine"
        self.change_pictures(self.picture(54), self.picture(55))
        self.page()._refresh_images()
        self.assert_shows(self.template(), 54)
        # The document that somebody changed is theirs now.
        self.assertEqual(
            sorted(self.documents().mapped("raw")), sorted([self.bytes_of(55), b"mine"])
        )
        self.assertEqual(self.states(), [("54.png", "done"), ("55.png", "done")])

    def test_a_variants_own_picture_comes_with_the_variant(self):
        self.add_shirt()
        self.import_catalog()
        self.assert_shows(self.row(22).product_id, 62, "image_variant_1920")
        self.assertFalse(self.row(21).product_id.image_variant_1920)
        self.assert_shows(self.row(21).product_id, 61)

    def test_a_linked_product_keeps_its_pictures(self):
        product = self.erp_product("CANA")
        self.add_mug(51, 52)
        self.import_catalog()
        self.assertEqual(self.row(1).product_id, product)
        self.assertFalse(product.image_1920)
        self.assertFalse(self.documents())
        self.page()._refresh_images()
        self.assertFalse(product.image_1920)
        self.assertEqual(self.site.picture_requests, [])
        self.assertEqual(set(self.page().image_ids.mapped("state")), {"skipped"})

    def test_a_variant_that_joins_a_product_brings_only_its_own_picture(self):
        self.add_shirt()
        self.shop.fetch_catalog()
        size = self.env["product.attribute"].create({"name": "Mărime", "create_variant": "dynamic"})
        value = size.value_ids.create({"name": "M", "attribute_id": size.id})
        template = self.env["product.template"].create(
            {
                "name": "Ours",
                "attribute_line_ids": [
                    (0, 0, {"attribute_id": size.id, "value_ids": [(6, 0, value.ids)]})
                ],
            }
        )
        line = template.attribute_line_ids
        mine = template._create_product_variant(line.product_template_value_ids)
        mine.default_code = "M"
        self.shop.variant_ids.match()
        self.shop.variant_ids.import_to_catalog()
        self.assertEqual(self.row(22).product_id.product_tmpl_id, template)
        self.assert_shows(self.row(22).product_id, 62, "image_variant_1920")
        self.assertFalse(template.image_1920 or mine.image_1920)

    def test_a_variant_that_the_site_adds_later_brings_only_its_own_picture(self):
        self.add_shirt()
        large = self.site.product(2)["variants"][1]
        self.site.update("product", 2, variants=self.site.product(2)["variants"][:1])
        self.import_catalog()
        self.site.update("product", 2, variants=[*self.site.product(2)["variants"], large])
        self.site.picture_requests.clear()
        self.import_catalog()
        self.assertEqual(self.site.picture_requests, ["/img/62.png"])
        self.assertEqual(set(self.page(2).image_ids.mapped("state")), {"done"})
        self.assert_shows(self.row(22).product_id, 62, "image_variant_1920")
        self.assert_shows(self.row(21).product_id, 61)

    def test_a_product_created_anew_gets_them_anew_and_the_old_one_keeps_its_own(self):
        self.add_mug(51, 52, 53)
        self.import_catalog()
        old = self.template()
        self.change_pictures(self.picture(51), self.picture(52))
        self.row(1).action_unlink_product()
        old.product_variant_id.default_code = "OLD"
        self.import_catalog()
        new = self.template()
        self.assertNotEqual(new, old)
        self.assert_shows(new, 51)
        self.assertEqual(self.documents(new).mapped("raw"), [self.bytes_of(52)])
        self.assert_shows(old, 51)
        self.assertEqual(len(self.documents(old)), 2)


class TestChangedPictures(PictureCase):
    """Those of a mug that was imported with two."""

    def prepare(self):
        super().prepare()
        self.add_mug(51, 52)
        self.import_catalog()

    def test_a_picture_that_somebody_chose_stays(self):
        chosen = base64.b64encode(self.bytes_of(77))
        self.template().image_1920 = chosen
        self.documents().raw = self.bytes_of(78)
        self.change_pictures(self.picture(51, hash="new"), self.picture(52, hash="new"))
        self.site.picture_requests.clear()
        self.page()._refresh_images()
        self.assertEqual(self.site.picture_requests, [])
        self.assert_shows(self.template(), 77)
        self.assertEqual(self.documents().raw, self.bytes_of(78))
        self.assertEqual(self.states(), [("51.png", "skipped"), ("52.png", "skipped")])
        self.assertIn("somebody chose", self.image(51).error)

    def test_what_did_not_change_is_neither_downloaded_nor_written_again(self):
        self.site.picture_requests.clear()
        self.shop.fetch_catalog()
        with self.assert_nothing_written():
            self.page()._refresh_images()
        self.assertEqual(self.site.picture_requests, [])

    def test_another_hash_with_the_same_content_is_downloaded_but_not_written(self):
        self.change_pictures(self.picture(51, hash="new"), self.picture(52, hash="new"))
        self.site.picture_requests.clear()
        stored = self.stored()
        self.page()._refresh_images()
        self.assertEqual(self.site.picture_requests, ["/img/51.png", "/img/52.png"])
        self.assertEqual(self.stored(), stored)
        self.assertEqual(self.states(), [("51.png", "done"), ("52.png", "done")])

    def stored(self):
        """The versions of the product's row and of its attachments."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT id, ctid::text FROM ir_attachment WHERE res_model = 'product.template'"
            " AND res_id = %(id)s UNION SELECT id, ctid::text FROM product_template"
            " WHERE id = %(id)s ORDER BY 1",
            {"id": self.template().id},
        )
        return self.env.cr.fetchall()

    def test_other_addresses_of_the_same_pictures_add_nothing(self):
        before = self.documents()
        stored = self.stored()
        self.change_pictures(*(self.moved(number) for number in (51, 52)))
        self.page()._refresh_images()
        self.assertEqual(self.documents(), before)
        self.assertEqual(self.stored(), stored)
        self.assertEqual(self.states(), [("51.png?v=2", "done"), ("52.png?v=2", "done")])

    def moved(self, number):
        return self.picture(number, url=f"{self.site.url}/img/{number}.png?v=2")

    def test_a_shop_that_lets_the_site_refresh_pictures_does_so_with_the_next_reading(self):
        self.shop.refresh_images = True
        self.change_pictures(self.picture(54), self.picture(52))
        self.assert_shows(self.template(), 54)
        self.assertEqual(self.documents().mapped("raw"), [self.bytes_of(52)])

    def test_without_a_refresh_a_change_of_the_site_changes_nothing(self):
        self.change_pictures(self.picture(54))
        self.assert_shows(self.template(), 51)

    def test_a_product_whose_pictures_left_the_site_keeps_its_main_one(self):
        self.change_pictures()
        self.page()._refresh_images()
        self.assert_shows(self.template(), 51)
        self.assertFalse(self.documents())

    def test_pictures_that_change_places_do_so_here(self):
        self.change_pictures(self.picture(51), self.picture(52, default=True))
        self.page()._refresh_images()
        self.assert_shows(self.template(), 52)
        self.assertEqual(self.documents().mapped("raw"), [self.bytes_of(51)])
