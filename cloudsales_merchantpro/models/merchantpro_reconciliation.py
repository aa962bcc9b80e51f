"""Comparing a shop with the site, page by page: what differs is listed, and repaired by the push.

Each page is a job. It writes its lines, what it has seen and where to go on in one transaction,
so a killed one is simply repeated."""

import datetime

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..api.catalog import parse_each, parse_product

KEEP_DAYS = 30
PRIORITY = 15  # after orders and changes


class MerchantProReconciliation(models.Model):
    _name = "merchantpro.reconciliation"
    _description = "Comparison with a MerchantPro Site"
    _inherit = "merchantpro.job"
    _order = "id desc"

    shop_id = fields.Many2one("merchantpro.shop", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="shop_id.company_id", store=True)
    dry_run = fields.Boolean(
        string="Only Compare", help="Nothing is sent before somebody presses Repair."
    )
    state = fields.Selection(
        [("running", "Comparing"), ("done", "Complete"), ("failed", "Interrupted")],
        default="running",
        required=True,
        readonly=True,
    )
    note = fields.Text(readonly=True)
    next_start = fields.Integer(readonly=True, help="The row of the site's list to go on from.")
    compared_count = fields.Integer(string="Compared", readonly=True)
    seen_ids = fields.Many2many("merchantpro.variant", string="Seen on the Site")
    line_ids = fields.One2many("merchantpro.reconciliation.line", "reconciliation_id")
    line_count = fields.Integer(string="Differences", compute="_compute_line_count")

    _running_uniq = models.UniqueIndex(
        "(shop_id) WHERE state = 'running'", "This shop is being compared already."
    )

    @api.depends("shop_id", "create_date")
    def _compute_display_name(self):
        for each in self:
            each.display_name = self.env._("Comparison of %s", each.shop_id.name)

    @api.depends("line_ids")
    def _compute_line_count(self):
        counts = dict(
            self.env["merchantpro.reconciliation.line"]._read_group(
                [("reconciliation_id", "in", self.ids)], ["reconciliation_id"], ["__count"]
            )
        )
        for each in self:
            each.line_count = counts.get(each, 0)

    # What a person does

    def action_refresh(self):
        """Nothing: the form is read again after it."""

    def action_resume(self):
        """Go on with the first page that was not compared."""
        for each in self._as_system().filtered(lambda each: each.state == "failed"):
            each.shop_id._check_usable()
            each.write({"state": "running", "note": False})
            each._start()

    def action_repair(self):
        """Send what differs and is not on its way already."""
        self.ensure_one()
        work = self._as_system()
        work.line_ids._repair()
        work.dry_run = False
        work.shop_id.push_changes()

    def _open(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "cloudsales_merchantpro.merchantpro_reconciliation_action"
        )
        return {**action, "res_id": self.id, "views": [(False, "form")]}

    # The steps of a job

    def _start(self):
        if not self._at_once():
            self._enqueue()
            return
        while self._step(self.next_start):
            self.env.flush_all()

    def _enqueue(self):
        self.with_delay(
            description=self.env._("MerchantPro: compare %s with the site", self.shop_id.name),
            identity_key=f"merchantpro.reconcile:{self.id}:{self.next_start}",
            priority=PRIORITY,
        )._job_compare(self.next_start)

    def _job_compare(self, start):
        if self.exists() and self._step(start):
            self._enqueue()

    def _step(self, start):
        """Compare the page that begins at row `start`. Whether there is another one."""
        # A second job for the same page finds that the first one has been there.
        if self.state != "running" or start != self.next_start:
            return False
        if self.shop_id._usable():
            with self._shop_failures(self.shop_id):
                return self._compare(start)
        # Stopped, or stopped just now by _shop_failures; the shop says why.
        self.write({"state": "failed", "note": self.shop_id.state_message})
        return False

    def _compare(self, start):
        # What the site acknowledges from now on is newer than the page.
        asked_at = fields.Datetime.now()
        page = self.shop_id._client().product_page(start)
        products, _problems = parse_each(page.rows, parse_product)
        units = {unit.id: unit for product in products for unit in product.variants}
        rows = self._rows([("external_id", "in", list(units))])
        fresh = rows.filtered(lambda row: not row.pushed_at or row.pushed_at < asked_at)
        lines = self.env["merchantpro.reconciliation.line"]
        found = lines._find(self, {row: units[row.external_id] for row in fresh})
        if not self.dry_run:
            found._repair()
        self.write(
            {
                "compared_count": self.compared_count + len(rows),
                "seen_ids": [Command.link(row_id) for row_id in rows.ids],
                "next_start": page.next_start or 0,
            }
        )
        if page.next_start is None:
            self._finish()
        return page.next_start is not None

    def _rows(self, domain):
        """Linked rows of the shop that are told anything."""
        rows = self.env["merchantpro.variant"]
        linked = [("shop_id", "=", self.shop_id.id), ("match_state", "=", "linked")]
        return rows.search([*linked, ("on_site", "=", True), *domain])

    def _finish(self):
        missing = self._rows([("id", "not in", self.seen_ids.ids)])
        found = self.env["merchantpro.reconciliation.line"]._find_missing(self, missing)
        if not self.dry_run:
            found._repair()
        self.write({"state": "done", "seen_ids": [Command.clear()]})
        if self.line_count and not self.dry_run:
            words = self.env._(
                "The comparison with the site found %(count)s differences in %(rows)s products;"
                " they are being repaired.",
                count=self.line_count,
                rows=self.compared_count,
            )
            self.shop_id.message_post(body=words)

    def _on_job_failed(self, exc_message="", **_values):
        """The job was given up. The comparison says so and can be resumed."""
        self.filtered(lambda each: each.state == "running").write(
            {"state": "failed", "note": exc_message}
        )

    @api.autovacuum
    def _gc_reconciliations(self):
        limit = fields.Datetime.now() - datetime.timedelta(days=KEEP_DAYS)
        self.search([("create_date", "<", limit)], limit=1000).unlink()


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    reconcile_nightly = fields.Boolean(
        string="Compare Every Night",
        default=True,
        help="Read the site every night, show what differs from what it should have, and send it.",
    )
    reconciliation_ids = fields.One2many("merchantpro.reconciliation", "shop_id")

    def action_compare(self):
        """Show what differs, without sending anything."""
        return self._reconcile(dry_run=True)._open()

    def action_reconcile(self):
        """Show what differs, and send it."""
        return self._reconcile()._open()

    def _reconcile(self, dry_run=False):
        """A comparison of the shop, begun; the one that runs already, if there is one."""
        self.ensure_one()
        shop = self._as_system()
        shop._check_usable()
        if not (shop._sends_stock() or shop._sends_prices()):
            raise UserError(
                self.env._("Nothing is compared: %s is sent neither stock nor prices.", shop.name)
            )
        running = shop.reconciliation_ids.filtered(lambda each: each.state == "running")
        if running:
            return running
        made = shop.env["merchantpro.reconciliation"].create(
            {"shop_id": shop.id, "dry_run": dry_run}
        )
        made._start()
        return made

    @api.model
    def _cron_reconcile(self):
        shops = self.search([("reconcile_nightly", "=", True)])._usable()
        for shop in shops.filtered(lambda shop: shop._sends_stock() or shop._sends_prices()):
            shop._unattended()._reconcile()
