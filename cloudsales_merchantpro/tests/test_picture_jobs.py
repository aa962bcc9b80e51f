from odoo.tests import new_test_user

from odoo.addons.cloudsales_merchantpro.models import merchantpro_image_take

from .picture_case import PictureCase


class JobsCase(PictureCase):
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

    def at_once(self, records):
        return records.with_context(queue_job__no_delay=True)


class TestImportedPictures(JobsCase):
    def run_import(self):
        """Import everything as a job runner would, all but the pictures."""
        self.at_once(self.shop).fetch_catalog()
        self.shop.with_env(self.env).variant_ids.import_to_catalog()
        waiting = [("state", "=", "pending"), ("method_name", "=", "_job_import")]
        for job in self.env["queue.job"].search(waiting):
            job.records._job_import()

    def test_an_import_downloads_nothing(self):
        self.add_mug(51)
        self.run_import()
        self.assertEqual(self.row(1).match_state, "linked")
        self.assertEqual(self.site.picture_requests, [])
        self.assertEqual(self.states(), [("51.png", "waiting")])
        self.assertEqual(self.jobs().records, self.page())

    def test_many_pages_cost_the_import_one_job_which_makes_theirs(self):
        for number in (1, 2, 3):
            self.site.add_product(id=number, sku=f"S{number}", images=[self.picture(number)])
        self.run_import()
        (fan,) = self.jobs()
        self.assertEqual(fan.method_name, "_job_queue_pictures")
        self.finish_jobs()
        fan.records._job_queue_pictures()
        self.assertEqual(self.jobs().mapped("method_name"), ["_job_take_pictures"] * 3)
        self.assertEqual(set(self.jobs().mapped("priority")), {30})


class TestPictureJobs(JobsCase):
    def prepare(self):
        """A product whose pictures wait for their job."""
        super().prepare()
        self.add_mug(51, 52)
        self.import_catalog()
        self.page().image_ids.with_context(queue_job__no_delay=False)._queue()

    def test_waiting_twice_makes_one_job(self):
        self.page()._queue_pictures()
        self.assertEqual(len(self.jobs()), 1)

    def test_what_may_come_later_is_tried_again_ever_more_seldom_then_fails(self):
        self.site.faults.set("picture_busy", path="/img/51")
        page = self.page()
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
        page = self.page()
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
        page = self.page()
        self.finish_jobs()
        page._job_take_pictures()
        self.assertEqual(self.states(), [("51.png", "done"), ("52.png", "waiting")])
        self.assertEqual(len(self.jobs()), 1)
        page._job_take_pictures()
        self.assertEqual(self.states(), [("51.png", "done"), ("52.png", "done")])

    def test_nothing_is_written_and_so_locked_while_pictures_are_downloaded(self):
        """Else a slow picture server holds up whoever edits the product."""
        seen, download = [], type(self.images)._download_one

        def spy(image):
            seen.append(self._versions())
            return download(image)

        self.patch(type(self.images), "_download_one", spy)
        before = self._versions()
        self.page()._job_take_pictures()
        self.assertEqual(seen, [before] * 2)

    def test_who_may_not_write_products_may_retry(self):
        page = self.page()
        user = new_test_user(
            self.env, "mp_user", groups="cloudsales_merchantpro.group_user,base.group_user"
        )
        page.image_ids.state = "failed"
        self.template().image_1920 = False
        self.at_once(page.image_ids.with_user(user)).action_retry()
        self.assert_shows(self.template(), 51)
