"""One reading of a shop's catalogue: its state, and the steps that a job takes.

A reading is one job after another, a page each, so a killed process loses at most one page:
the runner starts the job again. Who writes what keeps people and jobs apart:

- The record itself belongs to people. Pause, resume and cancel write its `state`, at once: a
  job at work does not hold its row, and sees the new state before it begins another page.
- What a job read is a row of its own (merchantpro.catalog.fetch.page). The record is written
  by a job only to say that nothing is left to do. If a person was faster, that write fails,
  the job is repeated, and finds what the person wanted.
- Pages of one shop are stored one after the other, under an advisory lock.
"""

import datetime

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..api import errors
from ..api.catalog import parse_category, parse_each, parse_product, without_cycles

UNFINISHED = ("running", "paused", "failed")
KEEP_DAYS = 30


class MerchantProCatalogFetch(models.Model):
    _name = "merchantpro.catalog.fetch"
    _description = "MerchantPro Catalogue Reading"
    _inherit = "merchantpro.job"
    _order = "id desc"

    shop_id = fields.Many2one("merchantpro.shop", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="shop_id.company_id", store=True)
    state = fields.Selection(
        [
            ("running", "Reading"),
            ("paused", "Paused"),
            ("done", "Complete"),
            ("failed", "Interrupted"),
            ("cancelled", "Cancelled"),
        ],
        default="running",
        required=True,
        readonly=True,
    )
    note = fields.Text(readonly=True, help="What there is to say of the reading as a whole.")
    page_ids = fields.One2many("merchantpro.catalog.fetch.page", "fetch_id", string="Pages Read")

    # Two clicks at once, or two people: the shop is read once.
    _unfinished_uniq = models.UniqueIndex(
        "(shop_id) WHERE state IN ('running', 'paused', 'failed')",
        "The catalogue of this shop is being read already.",
    )

    @api.depends("shop_id")
    def _compute_display_name(self):
        for fetch in self:
            fetch.display_name = self.env._("Catalogue of %s", fetch.shop_id.name)

    # What a person decides

    def action_pause(self):
        """No further page is read; `action_resume` goes on with the next one."""
        self._decide("paused", ("running",))

    def action_resume(self):
        """Go on with the first page that was not read."""
        self.check_access("read")
        for fetch in self.sudo().filtered(lambda each: each.state in UNFINISHED):
            fetch.shop_id._check_usable()
            fetch._start()

    def action_cancel(self):
        """No further page is read; what was read stays in the list."""
        self._decide("cancelled", UNFINISHED)

    def action_refresh(self):
        """Nothing: the form is read again after it."""

    def _decide(self, state, allowed):
        # Whoever may see the reading may stop it; no one edits the record otherwise.
        self.check_access("read")
        self.sudo().filtered(lambda fetch: fetch.state in allowed).write({"state": state})

    # The steps of a job

    def _start(self):
        """Read on from where the reading is. Harmless when it is being read already."""
        if self.state != "running" or not self.page_ids:
            self.write({"state": "running", "note": False, **self._prepare_clock_values()})
        if not self._at_once():
            self._enqueue()
            return
        while self._step(self._next_start()):
            # A whole catalogue in one transaction: its rows must not all stay in memory.
            self.env.flush_all()
            self.env.invalidate_all()

    def _enqueue(self):
        start = self._next_start()
        self.with_delay(
            description=self.env._("MerchantPro: read catalogue of %s", self.shop_id.name),
            identity_key=f"merchantpro.fetch:{self.id}:{start}",
        )._job_fetch_page(start)

    def _next_start(self):
        """The row of the site's list to go on from; None when all of it was read."""
        last = self._last_page()
        if last.is_last:
            return None
        return last.next_start

    def _last_page(self):
        return self.env["merchantpro.catalog.fetch.page"].search(
            [("fetch_id", "=", self.id)], order="start desc", limit=1
        )

    def _job_fetch_page(self, start):
        if not self.exists():
            return
        if self.state == "running" and not self.shop_id._usable():
            # Stopped since this was enqueued; it goes on when it is resumed.
            self.write({"state": "failed", "note": self.shop_id.state_message})
            return
        if self._step(start):
            self._enqueue()

    def _step(self, start):
        """Read the page that begins at row `start`, or finish when it is None. Whether
        something is left to do."""
        self._lock_shop()
        # A second job for the same page finds that the first one has been there.
        if self.state != "running" or start != self._next_start():
            return False
        if start is None:
            self._finish()
            return False
        with self._shop_failures(self.shop_id):
            self._read_page(start)
            return True
        # _shop_failures stopped the shop, which says why.
        self.write({"state": "failed", "note": self.shop_id.state_message})
        return False

    def _lock_shop(self):
        self.env.cr.execute(
            "SELECT pg_try_advisory_xact_lock(hashtext(%s), %s)", (self._name, self.shop_id.id)
        )
        if not self.env.cr.fetchone()[0]:
            words = self.env._("Another process is reading the catalogue of this shop.")
            self._later(errors.TransientError(words), 10)

    def _read_page(self, start):
        client = self.shop_id._client()
        problems = {}
        if not start:
            problems = self._read_categories(client)
        self._store(client.product_page(start), problems)

    def _read_categories(self, client):
        parsed, problems = parse_each(client.categories(), parse_category)
        self.env["merchantpro.category"]._upsert(self.shop_id, without_cycles(parsed))
        return self._told_each(problems)

    def _told_each(self, problems):
        return {external_id: self._told(error) for external_id, error in problems.items()}

    def _store(self, page, problems):
        mine = self.env["merchantpro.catalog.fetch.page"]._claim(self, page.start)
        if not mine:
            return
        products, failures = parse_each(page.rows, parse_product)
        unreadable = self._told_each(failures)
        refused = self._stage(products)
        self.env["merchantpro.product"]._note_unreadable(self.shop_id, unreadable)
        mine._fill(page, products, unreadable, {**problems, **unreadable, **refused})

    def _stage(self, products):
        """Store the api Products; {id: why} of those that cannot be stored, which keep out no
        other."""
        staging = self.env["merchantpro.product"]
        try:
            with self.env.cr.savepoint():
                staging._upsert(self.shop_id, products)
            return {}
        except psycopg2.errors.UniqueViolation as error:
            # Whoever held the lock before us stored a row that this transaction cannot see yet.
            self._later(errors.TransientError(str(error)), 1)
        except (UserError, ValidationError, psycopg2.DataError, psycopg2.IntegrityError) as error:
            if len(products) == 1:
                return {products[0].id: self._told(error)}
        refused = {}
        for product in products:
            refused.update(self._stage([product]))
        return refused

    def _finish(self):
        """Mark what the site no longer lists, but only if the list was seen whole: rows move
        between pages while products are added or removed."""
        seen, total = self.page_ids._seen(), self._last_page().total
        note = False
        if seen >= total:
            self.env["merchantpro.product"]._mark_missing(self)
        else:
            note = self.env._(
                "The site counts %(total)s products and listed %(seen)s of them;"
                " products that left the site were not marked.",
                total=total,
                seen=seen,
            )
        self.write({"state": "done", "note": note})
        self.shop_id._match_open()

    def _on_job_failed(self, exc_message="", **_values):
        """The job was given up. The reading says so and can be resumed."""
        self.filtered(lambda fetch: fetch.state == "running").write(
            {"state": "failed", "note": exc_message}
        )

    @api.autovacuum
    def _gc_readings(self):
        limit = fields.Datetime.now() - datetime.timedelta(days=KEEP_DAYS)
        old = [("create_date", "<", limit), ("state", "not in", UNFINISHED)]
        self.search(old, limit=1000).unlink()
