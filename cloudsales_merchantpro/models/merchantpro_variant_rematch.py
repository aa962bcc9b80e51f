"""What changes in the catalogue settles the rows and orders that it concerns.

A code that appears, moves or goes concerns the rows that carry it and are still open, and the
orders that were held for want of it: nobody else is looked at. Most codes concern no shop at
all, so finding that out is one query on indexes: for additional codes at once, for products
when the transaction ends.
"""

import functools

from odoo import models
from odoo.tools import SQL

from ..api.codes import key, trimmed
from .code_keys import carries_one_of, key_sql
from .merchantpro_variant_match import OPEN

PENDING = "cloudsales_merchantpro.changed_codes"


class MerchantProVariant(models.Model):
    _inherit = "merchantpro.variant"

    _sku_key_index = models.Index(f"({key_sql('sku')})")
    _ean_key_index = models.Index(f"({key_sql('ean')})")

    def _carrying(self, codes, shop):
        """Rows of the shop with one of these texts as code or EAN, give or take what the
        shop's rules still have to compare."""
        codes = {trimmed(code) for code in codes} - {""}
        if not codes:
            return self.browse()
        self.flush_model(["sku", "ean", "shop_id"])
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM merchantpro_variant WHERE shop_id = %s AND (%s OR %s)",
                shop.id,
                carries_one_of("sku", codes),
                carries_one_of("ean", codes),
            )
        )
        return self.browse(row_id for (row_id,) in rows)

    def _collect_codes(self, codes):
        """Like `_codes_changed` for all companies, when the transaction ends."""
        hooks = self.env.cr.precommit
        if codes and PENDING not in hooks.data:
            hooks.data[PENDING] = set()
            hooks.add(functools.partial(self.sudo()._settle_collected))
        hooks.data.get(PENDING, set()).update(codes)

    def _settle_collected(self):
        codes = self.env.cr.precommit.data.pop(PENDING, set())
        self._codes_changed(codes, self.env["res.company"])

    def _codes_changed(self, codes, companies):
        """These codes name other products than before, for shops of these companies and their
        branches; of all companies when none is given."""
        codes = {trimmed(code) for code in codes} - {""}
        if not codes:
            return
        rows, orders = self.sudo()._waiting_for(codes, companies)
        rows.match()
        orders.process()
        orders._follow_told()

    def _waiting_for(self, codes, companies):
        """(open rows, orders) that carry one of the codes; of orders those that are held for it,
        and those of which a change is."""
        orders = self.env["merchantpro.order"]
        self.flush_model(["sku", "ean", "match_state", "company_id"])
        orders.flush_model(["missing", "state", "change_missing", "change_state", "company_id"])
        found = self.env.execute_query(
            SQL(
                """
                SELECT id, NULL FROM merchantpro_variant
                 WHERE (%(sku)s OR %(ean)s) AND match_state = ANY(%(open)s) AND %(ours)s
                UNION ALL
                SELECT NULL, id FROM merchantpro_order
                 WHERE missing ?| %(keys)s AND state = 'held' AND %(ours)s
                UNION ALL
                SELECT NULL, id FROM merchantpro_order
                 WHERE change_missing ?| %(keys)s AND change_state = 'told' AND %(ours)s
                """,
                sku=carries_one_of("sku", codes),
                ean=carries_one_of("ean", codes),
                open=list(OPEN),
                keys=[f"code:{key(code)}" for code in codes],
                ours=self._ours(companies),
            )
        )
        row_ids = [row_id for row_id, _order_id in found if row_id]
        return self.browse(row_ids), orders.browse(each for _row_id, each in found if each)

    def _ours(self, companies):
        if not companies:
            return SQL("true")
        family = self.env["res.company"].search([("id", "child_of", companies.ids)])
        return SQL("company_id = ANY(%s)", family.ids)
