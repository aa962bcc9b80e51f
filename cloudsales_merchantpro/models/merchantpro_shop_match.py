"""Matching all open rows of a shop, a chunk a job: each is a short transaction, and a killed
process loses at most the one it was at."""

from odoo import models
from odoo.fields import Domain

from .merchantpro_variant_match import CHUNK, UNDECIDED


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    def _match_open(self):
        """Match the open rows of each shop: at once where they are few or jobs are not delayed,
        else in the background."""
        for shop in self:
            rows = shop._open_rows(0, None if shop._at_once() else CHUNK + 1)
            if shop._at_once() or len(rows) <= CHUNK:
                rows.match()
            else:
                shop._enqueue_match(0)

    def _open_rows(self, after, limit):
        domain = Domain("shop_id", "=", self.id) & Domain("id", ">", after) & UNDECIDED
        return self.env["merchantpro.variant"].search(domain, order="id", limit=limit)

    def _enqueue_match(self, after):
        self.with_delay(
            description=self.env._("MerchantPro: match products of %s", self.name),
            identity_key=f"merchantpro.match:{self.id}:{after}",
        )._job_match(after)

    def _job_match(self, after):
        """Match the next rows whose id is above `after`."""
        rows = self._open_rows(after, CHUNK)
        rows.match()
        if len(rows) == CHUNK:
            self._enqueue_match(rows[-1].id)
