"""One reading of a shop's catalogue: how far it is, and what it saw.

Each page is a job of its own, so a killed process loses at most one page: the
runner starts the job again, and the offset on this record has not moved.
"""

from odoo import fields, models

from ..api.catalog import parse_product
from ..api.errors import ParseError


class MerchantProCatalogFetch(models.Model):
    _name = "merchantpro.catalog.fetch"
    _description = "MerchantPro Catalogue Reading"
    _inherit = "merchantpro.job"
    _order = "id desc"

    shop_id = fields.Many2one("merchantpro.shop", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="shop_id.company_id", store=True)
    state = fields.Selection(
        [("running", "Reading"), ("done", "Complete"), ("failed", "Interrupted")],
        default="running",
        required=True,
    )
    next_start = fields.Integer(string="Next Row", help="The row of the site's list to go on from.")
    total = fields.Integer()
    progress = fields.Float(compute="_compute_progress")
    message = fields.Text(help="Rows that could not be read, and why.")
    page_ids = fields.One2many("merchantpro.catalog.fetch.page", "fetch_id", string="Pages")

    def _compute_progress(self):
        for fetch in self:
            if fetch.state == "done":
                fetch.progress = 100.0
            else:
                fetch.progress = 100.0 * fetch.next_start / fetch.total if fetch.total else 0.0

    def _start(self):
        self.state = "running"
        if not self._at_once():
            self._enqueue()
            return
        while self.state == "running":
            self._fetch_page()

    def _enqueue(self):
        self.with_delay(
            description=self.env._("MerchantPro: read catalogue of %s", self.shop_id.name),
            identity_key=f"merchantpro.fetch:{self.id}:{self.next_start}",
        )._job_fetch_page()

    def _job_fetch_page(self):
        self._fetch_page()
        if self.state == "running":
            self._enqueue()

    def _fetch_page(self):
        """Read and store the next page."""
        self.lock_for_update()
        if self.state != "running":
            return
        with self._shop_failures(self.shop_id):
            client = self.shop_id._client()
            if not self.next_start:
                self.shop_id.category_ids._upsert(self.shop_id, client.categories())
            page = client.product_page(self.next_start)
            self._store(page)
            return
        self.state = "failed"  # _shop_failures stopped the shop, which says why

    def _store(self, page):
        parsed, problems = [], []
        for row in page.rows:
            try:
                parsed.append(parse_product(row))
            except ParseError as error:
                problems.append(f"{row.get('id')}: {self._told(error)}")
        self.env["merchantpro.product"]._upsert(self.shop_id, parsed)
        self.env["merchantpro.catalog.fetch.page"].create(
            {"fetch_id": self.id, "external_ids": [row.get("id") for row in page.rows]}
        )
        self.write(
            {
                "next_start": page.next_start or self.next_start,
                "total": page.total or self.next_start + len(page.rows),
                "message": "\n".join(filter(None, [self.message, *problems])) or False,
            }
        )
        if page.next_start is None:
            self._finish()

    def _finish(self):
        """Mark what the site no longer lists, but only if the list was seen whole: rows move
        between pages while products are added or removed."""
        seen = {str(each) for page in self.page_ids for each in page.external_ids or []}
        if len(seen) >= self.total:
            self.env["merchantpro.product"]._mark_missing(self.shop_id, seen)
        else:
            gap = self.env._(
                "The site counts %(total)s products and listed %(seen)s of them;"
                " products that left the site were not marked.",
                total=self.total,
                seen=len(seen),
            )
            self.message = "\n".join(filter(None, [self.message, gap]))
        self.page_ids.unlink()
        self.write({"state": "done", "next_start": 0})
        self.shop_id._match_open()


class MerchantProCatalogFetchPage(models.Model):
    """The ids a page had. Insert only, so that thousands of pages do not rewrite one row."""

    _name = "merchantpro.catalog.fetch.page"
    _description = "MerchantPro Catalogue Page"

    fetch_id = fields.Many2one(
        "merchantpro.catalog.fetch",
        string="Catalogue Reading",
        required=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(related="fetch_id.company_id", store=True)
    external_ids = fields.Json(string="Site IDs")
