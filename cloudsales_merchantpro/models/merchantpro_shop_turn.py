"""A turn at sending something to a shop: one process at a time, and what the site acknowledged
is kept whatever happens next."""

from odoo import models

# A worker that takes two minutes is killed (limit_time_real), and others wait for their turn.
JOB_SECONDS = 20
CALL_TIMEOUT = (5, 20)  # seconds to connect and to read


class MerchantProShop(models.Model):
    _name = "merchantpro.shop"
    _inherit = ["merchantpro.shop", "merchantpro.turn"]

    def _busy_words(self):
        return self.env._("Another process is sending to this shop.")
