"""Reading the site's catalogue into the staging list."""

from odoo import fields, models

from .merchantpro_catalog_fetch import UNFINISHED


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    fetch_id = fields.Many2one(
        "merchantpro.catalog.fetch", string="Last Catalogue Reading", compute="_compute_fetch_id"
    )
    fetch_state = fields.Selection(related="fetch_id.state", string="State of the Reading")
    fetch_progress = fields.Float(related="fetch_id.progress", string="Read So Far")
    fetch_summary = fields.Char(related="fetch_id.summary", string="How Far the Reading Is")
    fetch_note = fields.Text(related="fetch_id.note", string="Note of the Reading")

    def _compute_fetch_id(self):
        groups = self.env["merchantpro.catalog.fetch"]._read_group(
            [("shop_id", "in", self.ids)], ["shop_id"], ["id:max"]
        )
        newest = {shop.id: fetch_id for shop, fetch_id in groups}
        for shop in self:
            shop.fetch_id = newest.get(shop.id, False)

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

    def action_import(self):
        """Link what was matched and create what is new."""
        self.variant_ids.import_to_catalog()
        return self.action_open_variants()
