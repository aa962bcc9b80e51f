import base64

from odoo.exceptions import UserError
from odoo.tests import new_test_user

from odoo.addons.cloudsales_merchantpro.api.catalog import parse_product
from odoo.addons.cloudsales_merchantpro.models import merchantpro_image_take

from merchantpro_simulator import pictures as drawn

from .common import ShopCase


class PictureCase(ShopCase):
    def setUp(self):
        super().setUp()
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
        for number in range(1, 100):
            self.site.add_product(id=number, sku=f"S{number}", images=[self.picture(number)])
        self.shop.fetch_catalog()
        parsed = [parse_product(row) for row in self.shop._client().product_page(0).rows]
        pages = self.env["merchantpro.product"].search([("shop_id", "=", self.shop.id)])
        self.assertEqual(len(set(pages.mapped("external_id"))), 99)
        with self.assertQueryCount(1):
            self.images._keep_up(pages, parsed)


class TestTakenPictures(PictureCase):
    def test_the_main_picture_and_the_gallery_come_with_the_product(self):
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

    def test_a_picture_that_somebody_chose_stays(self):
        self.add_mug(51, 52)
        self.import_catalog()
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
        self.add_mug(51, 52)
        self.import_catalog()
        self.site.picture_requests.clear()
        self.shop.fetch_catalog()
        with self.assert_nothing_written():
            self.page()._refresh_images()
        self.assertEqual(self.site.picture_requests, [])

    def test_another_hash_with_the_same_content_is_downloaded_but_not_written(self):
        self.add_mug(51, 52)
        self.import_catalog()
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
        self.add_mug(51, 52)
        self.import_catalog()
        before = self.documents()
        stored = self.stored()
        self.change_pictures(*(self.moved(number) for number in (51, 52)))
        self.page()._refresh_images()
        self.assertEqual(self.documents(), before)
        self.assertEqual(self.stored(), stored)
        self.assertEqual(self.states(), [("51.png?v=2", "done"), ("52.png?v=2", "done")])

    def moved(self, number):
        return self.picture(number, url=f"{self.site.url}/img/{number}.png?v=2")

    def test_a_refresh_brings_new_pictures_and_takes_away_old_ones(self):
        self.add_mug(51, 52, 53)
        self.import_catalog()
        self.documents().filtered(lambda each: each.raw == self.bytes_of(53)).raw = b"mine"
        self.change_pictures(self.picture(54), self.picture(55))
        self.page()._refresh_images()
        self.assert_shows(self.template(), 54)
        # The document that somebody changed is theirs now.
        self.assertEqual(
            sorted(self.documents().mapped("raw")), sorted([self.bytes_of(55), b"mine"])
        )
        self.assertEqual(self.states(), [("54.png", "done"), ("55.png", "done")])

    def test_a_shop_that_lets_the_site_refresh_pictures_does_so_with_the_next_reading(self):
        self.add_mug(51, 52)
        self.import_catalog()
        self.shop.refresh_images = True
        self.change_pictures(self.picture(54), self.picture(52))
        self.assert_shows(self.template(), 54)
        self.assertEqual(self.documents().mapped("raw"), [self.bytes_of(52)])

    def test_without_a_refresh_a_change_of_the_site_changes_nothing(self):
        self.add_mug(51)
        self.import_catalog()
        self.change_pictures(self.picture(54))
        self.assert_shows(self.template(), 51)

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

    def test_a_product_whose_pictures_left_the_site_keeps_its_main_one(self):
        self.add_mug(51, 52)
        self.import_catalog()
        self.change_pictures()
        self.page()._refresh_images()
        self.assert_shows(self.template(), 51)
        self.assertFalse(self.documents())

    def test_pictures_that_change_places_do_so_here(self):
        self.add_mug(51, 52)
        self.import_catalog()
        self.change_pictures(self.picture(51), self.picture(52, default=True))
        self.page()._refresh_images()
        self.assert_shows(self.template(), 52)
        self.assertEqual(self.documents().mapped("raw"), [self.bytes_of(51)])


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


class TestPictureJobs(PictureCase):
    def setUp(self):
        super().setUp()
        # As with a job runner: what is delayed waits in the queue.
        self.env = self.env(context={**self.env.context, "queue_job__no_delay": False})
        self.images = self.images.with_env(self.env)

    def jobs(self):
        return self.env["queue.job"].search(
            [("state", "=", "pending"), ("channel", "=", "root.merchantpro.images")]
        )

    def finish_jobs(self):
        """Those that wait are taken, so that they no longer stand for the next ones."""
        self.jobs().write({"state": "started"})

    def run_import(self):
        """Import everything as a job runner would, all but the pictures."""
        self.shop.with_env(self.env).variant_ids.import_to_catalog()
        waiting = [("state", "=", "pending"), ("method_name", "=", "_job_import")]
        for job in self.env["queue.job"].search(waiting):
            job.records._job_import()

    def at_once(self, records):
        return records.with_context(queue_job__no_delay=True)

    def queued(self, *numbers):
        """A product whose pictures wait for their job."""
        self.add_mug(*numbers)
        self.at_once(self.shop).fetch_catalog()
        self.at_once(self.shop.variant_ids).import_to_catalog()
        self.site.picture_requests.clear()
        waiting = self.page().with_env(self.env).image_ids
        waiting._queue()
        return self.page().with_env(self.env)

    def test_an_import_downloads_nothing(self):
        self.add_mug(51)
        self.at_once(self.shop).fetch_catalog()
        self.run_import()
        self.assertEqual(self.row(1).match_state, "linked")
        self.assertEqual(self.site.picture_requests, [])
        self.assertEqual(self.states(), [("51.png", "waiting")])
        self.assertEqual(self.jobs().records, self.page())

    def test_many_pages_cost_the_import_one_job_which_makes_theirs(self):
        for number in (1, 2, 3):
            self.site.add_product(id=number, sku=f"S{number}", images=[self.picture(number)])
        self.at_once(self.shop).fetch_catalog()
        self.run_import()
        (fan,) = self.jobs()
        self.assertEqual(fan.method_name, "_job_queue_pictures")
        self.finish_jobs()
        fan.records._job_queue_pictures()
        self.assertEqual(self.jobs().mapped("method_name"), ["_job_take_pictures"] * 3)
        self.assertEqual(set(self.jobs().mapped("priority")), {30})

    def test_waiting_twice_makes_one_job(self):
        page = self.queued(51)
        page._queue_pictures()
        self.assertEqual(len(self.jobs()), 1)

    def test_what_may_come_later_is_tried_again_ever_more_seldom_then_fails(self):
        self.site.faults.set("picture_busy", path="/img/51")
        page = self.queued(51, 52)
        minutes = []
        for _try in range(5):
            before = self.jobs()
            page._job_take_pictures()
            later = self.jobs() - before
            minutes += [round((job.eta - job.date_created).total_seconds() / 60) for job in later]
        self.assertEqual(minutes, [1, 10, 60, 360])
        self.assertEqual(self.states(), [("51.png", "failed"), ("52.png", "done")])
        self.assertEqual(self.site.picture_requests.count("/img/52.png"), 1)

    def test_a_job_that_comes_twice_or_too_late_does_nothing(self):
        page = self.queued(51)
        page._job_take_pictures()
        self.site.picture_requests.clear()
        with self.assert_nothing_written():
            page._job_take_pictures()
        self.assertEqual(self.site.picture_requests, [])
        page.unlink()
        page._job_take_pictures()

    def test_a_slow_server_leaves_the_rest_to_the_next_job(self):
        self.patch(merchantpro_image_take, "SECONDS", 0.05)
        self.site.faults.set("picture_slow", path="/img/51", seconds=0.1)
        page = self.queued(51, 52)
        self.finish_jobs()
        page._job_take_pictures()
        self.assertEqual(self.states(), [("51.png", "done"), ("52.png", "waiting")])
        self.assertEqual(len(self.jobs()), 1)
        page._job_take_pictures()
        self.assertEqual(self.states(), [("51.png", "done"), ("52.png", "done")])

    def test_nothing_is_locked_while_pictures_are_downloaded(self):
        """Else a slow picture server holds up whoever edits the product."""
        page = self.queued(51)
        self.env.flush_all()
        self.env.cr.execute("SELECT pg_current_xact_id_if_assigned()")
        locks = []
        download = type(self.images)._download_one

        def spy(image):
            self.env.cr.execute(
                "SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid()"
                " AND mode = 'RowExclusiveLock'"
            )
            locks.append(self.env.cr.fetchone()[0])
            return download(image)

        self.patch(type(self.images), "_download_one", spy)
        self.env.cr.execute(
            "SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid()"
            " AND mode = 'RowExclusiveLock'"
        )
        before = self.env.cr.fetchone()[0]
        page._job_take_pictures()
        self.assertEqual(locks, [before])

    def test_who_may_not_write_products_may_retry(self):
        page = self.queued(51)
        user = new_test_user(
            self.env, "mp_user", groups="cloudsales_merchantpro.group_user,base.group_user"
        )
        page.image_ids.state = "failed"
        self.template().image_1920 = False
        self.at_once(page.image_ids.with_user(user)).action_retry()
        self.assert_shows(self.template(), 51)
