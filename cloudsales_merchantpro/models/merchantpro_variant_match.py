"""Finding the ERP's product of each row of the staging list.

Rows are matched in chunks, each with the same few queries however many rows it has, and
written and forgotten before the next, so memory does not grow with the shop. What a chunk
decides is checked against the whole shop: see merchantpro_variant_claims.py.
"""

from typing import NamedTuple

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

OPEN = ("unmatched", "matched", "new", "ambiguous", "no_code")
UNDECIDED = Domain("match_state", "in", OPEN) & Domain("match_field", "!=", "manual")
CHUNK = 1000
# All that matching reads of a row.
READ = (
    "shop_id", "parent_id", "name", "sku", "ean", "on_site", "match_state", "match_field",
    "match_reason", "product_id", "claimed_product_id",
)  # fmt: skip
WRITTEN = ("match_state", "match_field", "match_reason", "product_id", "claimed_product_id")


class Outcome(NamedTuple):
    """What becomes of a row. `claim` is the id of the one active product that its codes name;
    it is only proposed (`matched`) when nothing speaks against it."""

    state: str
    field: str | bool = False
    claim: int | bool = False
    reason: str | bool = False


class MerchantProVariant(models.Model):
    _inherit = "merchantpro.variant"

    claimed_product_id = fields.Many2one(
        "product.product",
        string="Named by Its Codes",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="Also where another row of the site names the same product.",
    )

    def match(self):
        """Set `match_state`, `match_field`, `match_reason` and the proposed `product_id` of
        the rows, at once. Linked and ignored rows, and rows a person marked, stay as they are.
        Rows of whole shops are better matched by the shop's `_match_open`."""
        self.check_access("write")
        groups = self._read_group(
            Domain("id", "in", self.ids) & UNDECIDED, ["shop_id"], ["id:array_agg"]
        )
        for shop, ids in groups:
            ids.sort()
            for start in range(0, len(ids), CHUNK):
                self.browse(ids[start : start + CHUNK])._match_chunk(shop)
                if len(ids) > CHUNK:
                    self.env.invalidate_all()
        return True

    def _match_chunk(self, shop):
        self.fetch(READ)
        found = shop._find_products({(row.sku, row.ean) for row in self})
        findings = {row: found[row.sku, row.ean] for row in self}
        names = self._names_of(findings.values())
        outcomes = {row: row._outcome(finding, names) for row, finding in findings.items()}
        self._write_outcomes(self._settle(shop, outcomes))

    def _names_of(self, findings):
        """{product id: display name} of those that a reason will name."""
        ids = set()
        for finding in findings:
            if finding.against or finding.archived or len(finding.products) > 1:
                ids |= finding.products | finding.against
        return self._product_names(ids)

    def _product_names(self, ids):
        # The reader of the list need not have access to every product it names.
        products = self.env["product.product"].sudo().browse(sorted(ids))
        return {product.id: product.display_name for product in products}

    def _outcome(self, finding, names):
        """The Outcome of one row by its own codes alone."""
        if not (self.sku or "").strip() and not (self.ean or "").strip():
            return Outcome("no_code")
        if not finding.products:
            return Outcome("new")

        def listed(ids):
            return self._listed(names[each] for each in ids)

        if finding.against:
            reason = self.env._(
                "The code and the EAN belong to different products: %(code)s / %(ean)s",
                code=listed(finding.products),
                ean=listed(finding.against),
            )
        elif finding.product is None:
            reason = self.env._("Several products carry this code: %s", listed(finding.products))
        elif finding.archived:
            reason = self.env._("The product is archived: %s", listed(finding.products))
        else:
            return Outcome("matched", finding.kind, finding.product)
        return Outcome("ambiguous", finding.kind, False, reason)

    def _listed(self, names, limit=3):
        """The first of some names in one line."""
        names = sorted(names)
        shown = ", ".join(names[:limit])
        if len(names) <= limit:
            return shown
        more = len(names) - limit
        return self.env._("%(names)s and %(count)s more", names=shown, count=more)

    def _write_outcomes(self, outcomes):
        """Write what changed in one statement: the ORM's own write looks at each row, and updates
        a hundred at a time."""
        changed = []
        for row, outcome in outcomes.items():
            product = outcome.state == "matched" and outcome.claim
            values = (outcome.state, outcome.field, outcome.reason, product, outcome.claim)
            if values != row._written():
                changed.append((row.id, *(value or None for value in values)))
        if not changed:
            return
        rows = self.browse(values[0] for values in changed)
        rows.modified(WRITTEN, before=True)
        self.env.execute_query(
            SQL(
                """
                UPDATE merchantpro_variant v
                   SET match_state = n.state, match_field = n.field, match_reason = n.reason,
                       product_id = n.product, claimed_product_id = n.claim,
                       write_uid = %s, write_date = now() AT TIME ZONE 'UTC'
                  FROM unnest(%s::int[], %s::text[], %s::text[], %s::text[], %s::int[], %s::int[])
                    AS n (id, state, field, reason, product, claim)
                 WHERE v.id = n.id
                RETURNING v.id
                """,
                self.env.uid,
                *map(list, zip(*changed, strict=True)),
            )
        )
        rows.invalidate_recordset(WRITTEN, flush=False)
        rows.modified(WRITTEN)

    def _written(self):
        product, claimed = self.product_id.id, self.claimed_product_id.id
        return self.match_state, self.match_field, self.match_reason, product, claimed
