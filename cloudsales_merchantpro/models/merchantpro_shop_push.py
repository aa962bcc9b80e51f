"""Sending stock to the site: at most one writer a shop, latest value only, riskiest first.

Values are absolute, so a push repeated after a crash does no harm. Outbox rows are
deleted in the transaction that records what the site acknowledged.
"""

import math

from odoo import api, fields, models, tools

from ..api import errors

LOCK = 0x4D50  # advisory lock class of the pushes; the second key is the shop
BATCH = 40  # calls of one job: short enough to keep the transaction short
ROWS = 5000
MAX_REFUSALS = 5


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    @api.model
    @tools.ormcache()
    def _watched_locations(self):
        """Ids of all locations whose stock some shop publishes."""
        shops = self.sudo().search([("push_stock", "=", True)])
        locations = [shop._stock_locations().ids for shop in shops]
        roots = [each for ids in locations for each in ids]
        return frozenset(
            self.env["stock.location"].sudo().search([("id", "child_of", roots)]).ids
            if roots
            else ()
        )

    def _stock_locations(self):
        return self.stock_location_ids or self.order_warehouse_id.lot_stock_id

    def push_changes(self):
        """Send what changed since the last push, stock only where the site's value differs.
        Shops that are not connected, or have the switch off, are left alone."""
        for shop in self._usable().filtered("push_stock"):
            if shop._at_once():
                while shop._push_batch():
                    pass
            else:
                shop.with_delay(
                    description=self.env._("MerchantPro: send stock to %s", shop.name),
                    identity_key=f"merchantpro.push:{shop.id}",
                )._job_push()
        return True

    def _job_push(self):
        if self._push_batch():
            # The identity key belongs to this job until it is done.
            self.with_delay(identity_key=f"merchantpro.push.next:{self.id}")._job_push()

    def _push_batch(self):
        """Deal with a batch of the outbox. True when there is more to do."""
        self.env.cr.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", (LOCK, self.id))
        if not self.env.cr.fetchone()[0]:
            return False
        changes = self._take_changes()
        if not changes:
            return False
        wanted = self._published_stock(self.env["merchantpro.variant"].browse(changes))
        due = [(row, value) for row, value in wanted.items() if row._differs(value)]
        due.sort(key=lambda pair: pair[0]._push_risk(pair[1]))
        batch = due[:BATCH]
        later = {row.id for row, _value in due[BATCH:]}
        later |= self._send_stock(batch)
        done = [each for row_id, ids in changes.items() if row_id not in later for each in ids]
        self.env["merchantpro.change"].browse(done).unlink()
        return len(later) > 0 and bool(done) and self.state == "connected"

    def _take_changes(self):
        """{variant id: outbox ids}; rows another transaction holds are left to it."""
        self.env.cr.execute(
            "SELECT id, variant_id FROM merchantpro_change WHERE shop_id = %s"
            " ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED",
            (self.id, ROWS),
        )
        changes = {}
        for change_id, variant_id in self.env.cr.fetchall():
            changes.setdefault(variant_id, []).append(change_id)
        return changes

    def _published_stock(self, variants):
        """{row: whole units to publish}: free quantity in the shop's locations less the
        buffer, never negative. Rows the site does not count, or whose product is not
        tracked here, are left out; an archived product is sold out."""
        rows = variants.filtered(
            lambda row: row.match_state == "linked" and row.tracked and row.on_site
        )
        rows = rows.filtered(lambda row: row.product_id.is_storable)
        groups = self.env["stock.quant"]._read_group(
            [
                ("product_id", "in", rows.product_id.ids),
                ("location_id", "child_of", self._stock_locations().ids),
            ],
            ["product_id"],
            ["quantity:sum", "reserved_quantity:sum"],
        )
        free = {product: quantity - reserved for product, quantity, reserved in groups}
        return {
            row: max(
                0,
                # 2.9999999 is three: floats of summed quantities are not exact.
                math.floor(round(free.get(row.product_id, 0.0) - self.stock_buffer, 6)),
            )
            if row.product_id.active
            else 0
            for row in rows
        }

    def _send_stock(self, batch):
        """Send (row, value) pairs. Returns the ids of rows to try again later."""
        later = {row.id for row, _value in batch}
        client = self._client() if batch else None
        sent = False
        for row, value in batch:
            try:
                client.patch_inventory(row.external_id, {"stock": value})
            except errors.NotFound as error:
                row.write({"on_site": False, "push_error": self._told(error)})
                later.discard(row.id)
            except errors.BadRequest as error:
                if row._refused(error):
                    later.discard(row.id)
            except errors.Refused as error:
                self._stop_for(error)
                break
            except errors.MerchantProError as error:
                if not sent:
                    self._later(error, getattr(error, "wait", None))
                break  # what was acknowledged is committed first; the rest comes next minute
            else:
                row.write(
                    {
                        "stock": value,
                        "pushed_at": fields.Datetime.now(),
                        "push_error": False,
                        "push_failures": 0,
                    }
                )
                sent = True
                later.discard(row.id)
        return later


class MerchantProVariant(models.Model):
    _inherit = "merchantpro.variant"

    def _differs(self, value):
        return self.stock != value

    def _push_risk(self, value):
        """Sort key: what may be oversold first (to zero, then down), then what may be sold."""
        return (0 if value == 0 else 1 if value < self.stock else 2, self.id)

    def _refused(self, error):
        """Count a refusal with the site's words; True when a person has to look at it."""
        self.write({"push_error": self._told(error), "push_failures": self.push_failures + 1})
        return self.push_failures >= MAX_REFUSALS
