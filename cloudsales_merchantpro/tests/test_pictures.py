from odoo.exceptions import UserError

from odoo.addons.cloudsales_merchantpro.api.catalog import parse_product

from .picture_case import PictureCase


class TestStagedPictures(PictureCase):
    def test_pictures_of_a_page_are_staged_and_nothing_is_downloaded(self):
        self.add_mug(51, 52)
        self.site.update(
            "product",
            1,
            images=[self.picture(51), self.picture(52, default=True, caption="Toarta")],
        )
        self.shop.fetch_catalog()
        self.assertEqual(self.states(), [("51.png", "new"), ("52.png", "new")])
        self.assertEqual((self.image(51).is_main, self.image(52).is_main), (False, True))
        self.assertEqual((self.image(52).caption, self.image(52).site_hash), ("Toarta", "h52"))
        self.assertEqual(self.image(52).company_id, self.company)
        self.assertEqual(self.site.picture_requests, [])

    def test_a_second_reading_writes_no_picture(self):
        self.add_mug(51, 52)
        self.import_catalog()
        with self.assert_nothing_written():
            self.shop.fetch_catalog()

    def test_a_variant_has_a_row_only_for_a_picture_of_its_own(self):
        self.add_shirt()
        self.shop.fetch_catalog()
        own = self.page(2).image_ids.filtered("variant_id")
        self.assertEqual(own.variant_id.external_id, "22")
        self.assertEqual(own.url, f"{self.site.url}/img/62.png")

    def test_what_the_site_changes_is_changed_and_what_was_never_taken_goes_with_it(self):
        self.add_mug(51, 52)
        self.shop.fetch_catalog()
        self.change_pictures(self.picture(51, hash="other"), self.picture(53))
        self.assertEqual(self.states(), [("51.png", "new"), ("53.png", "new")])
        self.assertEqual(self.image(51).site_hash, "other")

    def test_a_taken_picture_that_left_the_site_is_marked(self):
        self.add_mug(51, 52)
        self.import_catalog()
        self.change_pictures(self.picture(51))
        self.assertEqual(self.states(), [("51.png", "done"), ("52.png", "done")])
        self.assertEqual((self.image(51).on_site, self.image(52).on_site), (True, False))
        self.change_pictures(self.picture(51), self.picture(52))
        self.assertTrue(self.image(52).on_site)

    def test_the_same_picture_twice_and_very_long_addresses_are_no_problem(self):
        long = self.picture(52)["url"] + "?" + "ă" * 1900
        self.add_mug(51, 51)
        self.change_pictures(self.picture(51), self.picture(51), {"url": long})
        self.assertEqual(len(self.page().image_ids), 2)

    def test_pictures_beyond_a_bound_are_not_staged_but_the_main_one_is(self):
        self.add_mug()
        many = [self.picture(number) for number in range(100, 200)]
        self.change_pictures(*many, self.picture(51, default=True))
        self.assertEqual(len(self.page().image_ids), 51)
        self.assertTrue(self.image(51).is_main)

    def test_pictures_of_many_pages_take_as_many_queries_as_those_of_one(self):
        for number in range(1, 30):
            self.site.add_product(id=number, sku=f"S{number}", images=[self.picture(number)])
        self.shop.fetch_catalog()
        parsed = [parse_product(row) for row in self.shop._client().product_page(0).rows]
        pages = self.env["merchantpro.product"].search([("shop_id", "=", self.shop.id)])
        self.assertEqual(len(set(pages.mapped("external_id"))), 29)
        with self.assertQueryCount(1):
            self.images._keep_up(pages, parsed)


class TestFailedPictures(PictureCase):
    def assert_fails(self, words):
        """The import goes on, the reason is on the picture, and Retry brings it."""
        self.add_mug(51, 52)
        self.import_catalog()
        self.assertEqual(self.row(1).match_state, "linked")
        self.assertEqual(self.states(), [("51.png", "failed"), ("52.png", "done")])
        self.assertIn(words, self.image(51).error)
        self.assertFalse(self.template().image_1920)
        self.site.faults.clear()
        self.page().image_ids.action_retry()
        self.assert_shows(self.template(), 51)
        self.assertFalse(self.image(51).error)
        self.assertEqual(self.site.picture_requests.count("/img/52.png"), 1)

    def test_a_picture_that_is_a_web_page(self):
        self.site.faults.set("picture_is_html", path="/img/51")
        self.assert_fails("web page")

    def test_a_picture_that_is_missing(self):
        self.site.faults.set("picture_missing", path="/img/51")
        self.assert_fails("404")

    def test_a_picture_server_that_is_busy(self):
        self.site.faults.set("picture_busy", path="/img/51")
        self.assert_fails("503")

    def test_a_picture_inside_our_network(self):
        target = "http://169.254.169.254/latest/meta-data"
        self.site.faults.set("picture_redirect", path="/img/51", location=target)
        self.assert_fails("https")

    def test_a_picture_elsewhere_without_https_is_told_on_its_row(self):
        self.add_mug()
        self.change_pictures({"url": "http://pictures.example/a.png"})
        self.shop.variant_ids.import_to_catalog()
        self.assertEqual(self.page().image_ids.state, "failed")
        self.assertIn("https", self.page().image_ids.error)

    def test_a_picture_that_odoo_refuses_is_told_and_stops_no_other(self):
        self.patch(type(self.images), "_prepare_document_values", self.refuse)
        self.add_mug(51, 52)
        self.import_catalog()
        self.assertEqual(self.states(), [("51.png", "done"), ("52.png", "failed")])
        self.assertEqual(self.image(52).error, "not this one")

    def refuse(self, *_content):
        raise UserError("not this one")
