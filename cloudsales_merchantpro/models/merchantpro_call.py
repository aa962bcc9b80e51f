"""The calls made to the sites: what was asked, what came, how long it took. No bodies and no
headers, so neither secrets nor buyers are in it. Old rows go by themselves."""

import datetime

from odoo import SUPERUSER_ID, api, fields, models

KEEP_DAYS = 14


class MerchantProCall(models.Model):
    _name = "merchantpro.call"
    _description = "MerchantPro API Call"
    _order = "id desc"

    shop_id = fields.Many2one("merchantpro.shop", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="shop_id.company_id", store=True)
    method = fields.Char()
    path = fields.Char()
    query = fields.Char()
    status = fields.Integer(string="HTTP Status")
    seconds = fields.Float(digits=(8, 3))
    error = fields.Char()

    def _recorder(self, shop):
        """A function that takes an api Call. Rows are written when the transaction ends, and
        also when it is rolled back: the calls of failed work are the ones people look for."""
        calls = []
        cr = self.env.cr
        registry = self.env.registry

        def write_calls(env):
            rows = list(calls)
            calls.clear()
            env["merchantpro.call"].sudo().create(rows)

        def on_rollback():
            if not calls:
                return
            with registry.cursor() as own:
                env = api.Environment(own, SUPERUSER_ID, {})
                if env["merchantpro.shop"].browse(shop.id).exists():
                    write_calls(env)

        def record(call):
            if not calls:
                cr.precommit.add(lambda: calls and write_calls(self.env))
                cr.postrollback.add(on_rollback)
            row = {"status": call.status or 0, "error": shop._in_words(call.error)}
            calls.append({"shop_id": shop.id, **vars(call), **row})

        return record

    @api.autovacuum
    def _gc_calls(self):
        limit = fields.Datetime.now() - datetime.timedelta(days=KEEP_DAYS)
        self.search([("create_date", "<", limit)], limit=100000).unlink()
