"""Reading the site's catalogue into the staging list."""

from odoo import models


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    def fetch_catalog(self):
        """Read categories and products of each shop into Marketplace products, page by page.

        Nothing but `merchantpro.*` is written. A reading that was interrupted goes on at the
        page where it stopped. Raises UserError for a shop that is not connected."""
        self._check_usable()
        for shop in self:
            fetch = shop._unfinished_fetch() or self.env["merchantpro.catalog.fetch"].create(
                {"shop_id": shop.id}
            )
            fetch._start()
        return True

    def _unfinished_fetch(self):
        return self.env["merchantpro.catalog.fetch"].search(
            [("shop_id", "=", self.id), ("state", "in", ("running", "failed"))], limit=1
        )

    def action_match(self):
        """Match every row of the staging list that is not settled."""
        self._match_open()
        return self.action_open_variants()

    def action_import(self):
        """Link what was matched and create what is new."""
        self.variant_ids.import_to_catalog()
        return self.action_open_variants()
