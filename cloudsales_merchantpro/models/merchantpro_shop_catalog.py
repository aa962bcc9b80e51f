"""Reading the site's catalogue into the staging list."""

from odoo import api, fields, models

from .merchantpro_catalog_fetch import UNFINISHED


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    fetch_ids = fields.One2many("merchantpro.catalog.fetch", "shop_id", string="Catalogue Readings")
    fetch_id = fields.Many2one(
        "merchantpro.catalog.fetch", string="Last Catalogue Reading", compute="_compute_fetch_id"
    )
    fetch_state = fields.Char(string="State of the Reading", compute="_compute_fetch")
    fetch_progress = fields.Float(string="Read So Far", compute="_compute_fetch")
    fetch_summary = fields.Char(string="How Far the Reading Is", compute="_compute_fetch")
    fetch_note = fields.Text(string="Note of the Reading", compute="_compute_fetch")

    @api.depends("fetch_ids")
    def _compute_fetch_id(self):
        groups = self.env["merchantpro.catalog.fetch"]._read_group(
            [("shop_id", "in", self.ids)], ["shop_id"], ["id:max"]
        )
        newest = {shop.id: fetch_id for shop, fetch_id in groups}
        for shop in self:
            shop.fetch_id = newest.get(shop.id, False)

    # Not `related`: the newest reading is not stored, so a reading could not find its shop.
    @api.depends("fetch_ids.state", "fetch_ids.note", "fetch_ids.page_ids.next_start")
    def _compute_fetch(self):
        for shop in self:
            fetch = shop.fetch_id
            shop.fetch_state, shop.fetch_note = fetch.state, fetch.note
            shop.fetch_progress, shop.fetch_summary = fetch.progress, fetch.summary

    def fetch_catalog(self):
        """Read categories and products of each shop into Marketplace products, page by page.

        Nothing but `merchantpro.*` is written. A reading that was interrupted or paused goes on
        at the page where it stopped. Raises UserError for a shop that is not connected."""
        shops = self._as_system()
        shops._check_usable()
        for shop in shops:
            fetch = shop._unfinished_fetch() or shop.env["merchantpro.catalog.fetch"].create(
                {"shop_id": shop.id}
            )
            fetch._start()
        return True

    def _unfinished_fetch(self):
        return self.env["merchantpro.catalog.fetch"].search(
            [("shop_id", "=", self.id), ("state", "in", UNFINISHED)], limit=1
        )

    def action_pause_fetch(self):
        self.fetch_id.action_pause()

    def action_resume_fetch(self):
        self.fetch_id.action_resume()

    def action_cancel_fetch(self):
        self.fetch_id.action_cancel()

    def action_refresh_fetch(self):
        """Nothing: the form is read again after it."""

    def action_match(self):
        """Match every row of the staging list that is not settled."""
        self._match_open()
        return self.action_open_variants()

    def action_review(self):
        """Go through the rows that need a person, one by one."""
        return self.env["merchantpro.review"]._open_for(self, "review")

    def action_import(self):
        """Show what Import would do with every row; its button there does it."""
        return self.env["merchantpro.import.preview"]._open(self, self.variant_ids)
