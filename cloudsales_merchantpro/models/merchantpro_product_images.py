"""The pictures of a product page are taken by jobs of their own.

A job takes the pictures of one page, so that a slow picture server holds up the pictures of
that page and nothing else. The rows that wait are the queue: a job that is repeated, delivered
twice or killed finds what is left to do on them.
"""

import datetime

from odoo import models

PRIORITY = 30  # after everything else of the connector
DELAYS = (1, 10, 60, 360)  # minutes until the next try; after the last one it has failed


class MerchantProProduct(models.Model):
    _inherit = "merchantpro.product"

    def _created_here(self, rows):
        """Take the pictures of the products that were just created. Where variants joined a
        product that was here before, only theirs."""
        result = super()._created_here(rows)
        whole = rows.parent_id._whole_variants()
        fresh = (whole & rows).parent_id - (whole - rows).parent_id
        images = rows.parent_id.image_ids.filtered(
            lambda image: image.variant_id in rows if image.variant_id else image.parent_id in fresh
        )
        # What was taken before was for products that these rows had earlier.
        images.filtered(lambda image: not image.on_site).unlink()
        images.exists()._queue(content_hash=False, set_checksum=False, document_id=False)
        return result

    def _refresh_images(self):
        """Take again what the site changed since, and take away what left it."""
        self.env["merchantpro.image"].search(
            [
                ("parent_id", "in", self.filtered("product_tmpl_id").ids),
                "|",
                ("on_site", "=", False),
                ("state", "=", "new"),
            ]
        )._queue()

    def _whole_variants(self):
        """The variants of products that the site created as a whole, of this page or these."""
        return self.variant_ids.filtered(
            lambda row: row.match_state == "linked" and row.template_created
        )

    # Jobs

    def _queue_pictures(self):
        """Take the waiting pictures of these pages. For many pages this costs the caller one job
        only, which makes theirs."""
        if self.env["merchantpro.image"]._at_once():
            for page in self:
                page._job_take_pictures()
        elif len(self) == 1:
            self._queue_page(0)
        elif self:
            self.with_delay(
                priority=PRIORITY,
                description=self.env._("MerchantPro: pictures of %s products", len(self)),
            )._job_queue_pictures()

    def _queue_page(self, tries):
        minutes = DELAYS[tries - 1] if tries else 0
        self.with_delay(
            priority=PRIORITY,
            eta=datetime.timedelta(minutes=minutes) if minutes else None,
            description=self.env._("MerchantPro: pictures of %s", self.name),
            # A later try must not stand in the way of what becomes necessary meanwhile.
            identity_key=f"merchantpro.pictures:{self.id}:{tries}",
        )._job_take_pictures()

    def _job_queue_pictures(self):
        for page in self.exists():
            page._queue_page(0)

    def _job_take_pictures(self):
        """Take what waits of one page. What may come later is tried again, ever more seldom."""
        page = self.exists().sudo()  # who pressed Retry need not have rights on products
        left = page.image_ids.filtered(lambda image: image.state == "waiting")._take()
        if left:
            page._queue_page(max(left.mapped("attempts")))
