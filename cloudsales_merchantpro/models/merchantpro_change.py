"""Outbox: "the stock of this row may differ from the site". Insert only, so that no stock
operation ever waits for a push; the push deletes what it has dealt with."""

import functools

from odoo import api, fields, models

PENDING = "cloudsales_merchantpro.changed_products"


class MerchantProChange(models.Model):
    _name = "merchantpro.change"
    _description = "Pending Stock Change"
    _log_access = False
    _order = "id"

    shop_id = fields.Many2one("merchantpro.shop", required=True, ondelete="cascade", index=True)
    variant_id = fields.Many2one("merchantpro.variant", required=True, ondelete="cascade")

    @api.model
    def _collect(self, product_ids):
        """Note these products when the transaction ends: one statement for all of them."""
        hooks = self.env.cr.precommit
        if PENDING not in hooks.data:
            hooks.data[PENDING] = set()
            hooks.add(functools.partial(self.sudo()._insert_collected))
        hooks.data[PENDING].update(product_ids)

    def _insert_collected(self):
        product_ids = self.env.cr.precommit.data.pop(PENDING, set())
        self._insert("v.product_id = ANY(%s)", list(product_ids))

    def _note_variants(self, variants):
        """These rows may differ, whatever moved."""
        if variants:
            self._insert("v.id = ANY(%s)", variants.ids)

    def _note_shops(self, shops):
        """Every linked row of these shops may differ."""
        if shops:
            self._insert("v.shop_id = ANY(%s)", shops.ids)

    def _insert(self, condition, ids):
        self.env["merchantpro.variant"].flush_model(["product_id", "match_state", "shop_id"])
        self.env["merchantpro.shop"].flush_model(["push_stock", "active"])
        self.env.cr.execute(
            f"""
            INSERT INTO merchantpro_change (shop_id, variant_id)
            SELECT v.shop_id, v.id
              FROM merchantpro_variant v
              JOIN merchantpro_shop s ON s.id = v.shop_id
             WHERE {condition} AND v.match_state = 'linked' AND s.push_stock AND s.active
            """,
            (ids,),
        )
        if self.env.cr.rowcount:
            self.env.ref("cloudsales_merchantpro.cron_push").sudo()._trigger()
