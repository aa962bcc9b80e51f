"""Outbox: "the stock or the price of this row may differ from the site". Insert only, so that no
stock operation ever waits for a push; the push deletes what it has dealt with.

What changed is collected while a transaction runs and written by one statement when it
ends (or when a savepoint ends, which Odoo treats alike)."""

import functools

from odoo import api, fields, models, tools
from odoo.tools import SQL

PENDING = "cloudsales_merchantpro.changed"
WOKEN = "cloudsales_merchantpro.push_woken"


class MerchantProChange(models.Model):
    _name = "merchantpro.change"
    _description = "Pending Change of Stock or Price"
    _log_access = False
    _order = "id"

    shop_id = fields.Many2one("merchantpro.shop", required=True, ondelete="cascade")
    variant_id = fields.Many2one(
        "merchantpro.variant", required=True, ondelete="cascade", index=True
    )
    changed_at = fields.Datetime(default=fields.Datetime.now)
    bulk = fields.Boolean(help="Part of a sending of everything, which lets real changes go first.")

    _waiting_index = models.Index("(shop_id, id)")

    @api.model
    def _note_products(self, product_ids):
        """Stock or price of these products changed."""
        self._collect("product_id", product_ids)

    @api.model
    def _note_variants(self, variants):
        """These rows may differ, whatever moved."""
        self._collect("id", variants.ids)

    @api.model
    def _note_shops(self, shops):
        """Every linked row of these shops may differ."""
        self._collect("shop_id", shops.ids)

    def _collect(self, column, ids):
        """Note the variants whose `column` is among `ids`."""
        if not ids:
            return
        hooks = self.env.cr.precommit
        pending = hooks.data.get(PENDING)
        if pending is None:
            if not self.env["merchantpro.shop"]._something_is_published():
                return
            pending = hooks.data[PENDING] = {}
            hooks.add(functools.partial(self.sudo()._insert_collected))
        pending.setdefault(column, set()).update(ids)

    @api.model
    def _insert_collected(self):
        """Write what was collected until now; by itself this happens when the transaction ends."""
        collected = self.env.cr.precommit.data.pop(PENDING, None)
        if not collected:
            return
        if "product_id" in collected:
            collected["product_id"] = self._products_with_same_stock(collected["product_id"])
        conditions = [
            SQL("%s = ANY(%s)", SQL.identifier("v", column), list(ids))
            for column, ids in collected.items()
        ]
        if self._insert(SQL(" OR ").join(conditions)):
            self._wake_push()

    def _insert(self, condition, bulk=False):
        """Note the linked rows `v` that meet the SQL `condition`; how many there were."""
        self.env["merchantpro.variant"].flush_model(["product_id", "match_state", "shop_id"])
        self.env["merchantpro.shop"].flush_model(["push_stock", "price_direction", "active"])
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO merchantpro_change (shop_id, variant_id, changed_at, bulk)
                SELECT v.shop_id, v.id, clock_timestamp() AT TIME ZONE 'UTC', %s
                  FROM merchantpro_variant v
                  JOIN merchantpro_shop s ON s.id = v.shop_id
                 WHERE (%s) AND v.match_state = 'linked' AND s.active
                   AND (s.push_stock OR s.price_direction = 'push')
                """,
                bulk,
                condition,
            )
        )
        return self.env.cr.rowcount

    def _products_with_same_stock(self, product_ids):
        """Ids of all products that are sold from the stock of these: here, themselves."""
        return product_ids

    def _wake_push(self):
        """Start the push as soon as this transaction is committed. Once is enough, however many
        savepoints it has; the cron's own minute makes up for one that was rolled back."""
        woken = self.env.cr.postcommit.data
        if WOKEN in woken:
            return
        woken[WOKEN] = True
        if self._trigger_push():
            woken_by = self.env["ir.cron"].sudo()
            self.env.cr.postcommit.add(woken_by._notifydb)

    def _trigger_push(self):
        """What `_trigger` of the cron does, in one query instead of four: every delivery comes
        here. Nothing where an administrator deleted the cron: no reason to refuse a delivery."""
        self.env.cr.execute(
            """
            INSERT INTO ir_cron_trigger (cron_id, call_at, create_uid, create_date)
            SELECT c.id, now() AT TIME ZONE 'UTC', %(user)s, now() AT TIME ZONE 'UTC'
              FROM ir_cron c
              JOIN ir_model_data d ON d.res_id = c.id AND d.model = 'ir.cron'
             WHERE d.module = 'cloudsales_merchantpro' AND d.name = 'cron_push' AND c.active
            """,
            {"user": self.env.uid},
        )
        return self.env.cr.rowcount

    @api.model
    def _waiting(self, shop):
        """[(variant id, outbox ids, whether all of them are bulk)] of a shop."""
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """
                SELECT variant_id, array_agg(id), bool_and(coalesce(bulk, false))
                  FROM merchantpro_change WHERE shop_id = %s
                 GROUP BY variant_id ORDER BY min(id)
                """,
                shop.id,
            )
        )
        return self.env.cr.fetchall()

    @api.model
    def _changed_since(self, shop, change_id):
        """Ids of the variants that were noted after that change."""
        self.env.cr.execute(
            "SELECT DISTINCT variant_id FROM merchantpro_change WHERE shop_id = %s AND id > %s",
            (shop.id, change_id),
        )
        return {variant_id for (variant_id,) in self.env.cr.fetchall()}


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    @api.model
    @tools.ormcache()
    def _something_is_published(self):
        """Whether any shop is told anything, so that changes have to be noted."""
        domain = ["|", ("push_stock", "=", True), ("price_direction", "=", "push")]
        return bool(self.sudo().search_count(domain, limit=1))
