"""Comparing a shop with the site, page by page: what differs is listed, and repaired by the push.

A page's lines and what it has seen are written with where to go on (merchantpro.site.pages)."""

import datetime

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..api.catalog import parse_each, parse_product

KEEP_DAYS = 30


class MerchantProReconciliation(models.Model):
    _name = "merchantpro.reconciliation"
    _description = "Comparison with a MerchantPro Site"
    _inherit = "merchantpro.site.pages"

    dry_run = fields.Boolean(
        string="Only Compare", help="Nothing is sent before somebody presses Repair."
    )
    state = fields.Selection(
        [
            ("draft", "Not Started"),
            ("running", "Comparing"),
            ("done", "Complete"),
            ("failed", "Interrupted"),
        ]
    )
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

    # What is done of each page

    def _describe(self):
        return self.env._("MerchantPro: compare %s with the site", self.shop_id.name)

    def _take_page(self, start):
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
            }
        )
        return page.next_start

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
        self.seen_ids = [Command.clear()]
        if self.line_count and not self.dry_run:
            words = self.env._(
                "The comparison with the site found %(count)s differences in %(rows)s products;"
                " they are being repaired.",
                count=self.line_count,
                rows=self.compared_count,
            )
            self.shop_id.message_post(body=words)

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
        if not shop._sends_now():
            raise UserError(
                self.env._("Nothing is compared: %s is sent neither stock nor prices.", shop.name)
            )
        running = shop.reconciliation_ids.filtered(lambda each: each.state == "running")
        if running:
            return running
        made = shop.env["merchantpro.reconciliation"].create(
            {"shop_id": shop.id, "dry_run": dry_run}
        )
        made._begin()
        return made

    @api.model
    def _cron_reconcile(self):
        shops = self.search([("reconcile_nightly", "=", True)])._usable()
        for shop in shops.filtered(lambda shop: shop._sends_now()):
            shop._unattended()._reconcile()
