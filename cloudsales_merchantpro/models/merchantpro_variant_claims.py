"""Two rows of the site must not get one product, and no row may guess which is right.

Rows are matched in chunks, on different days, some of them alone; whoever comes second must
find the first. So each row keeps the product that its codes name (`claimed_product_id`),
also while it is ambiguous, and a chunk is settled together with every row it concerns:

    chunk    row 1 claims A            row 1 → ambiguous
    before   row 7 claimed A: matched  row 7 → ambiguous
    before   row 8 claimed B with row 2, which now claims nothing: row 8 → matched

Two transactions that cannot see each other may still both match A. The unique index on
linked products refuses the second link.
"""

from collections import defaultdict

from odoo import models
from odoo.fields import Domain

from .merchantpro_variant_match import OPEN, READ, UNDECIDED, Outcome


class MerchantProVariant(models.Model):
    _inherit = "merchantpro.variant"

    def _settle(self, shop, outcomes):
        """{row: Outcome} of the chunk `self` and of the rows elsewhere that it concerns, from
        the `outcomes` that the rows of the chunk have by themselves."""
        claims = {outcome.claim for outcome in outcomes.values()} | set(self.claimed_product_id.ids)
        rivals = self._claimants(shop, claims)
        pages = (self | rivals).parent_id
        sisters = self.search_fetch(
            [("parent_id", "in", pages.ids), ("id", "not in", self.ids)], READ
        )
        claim_of = {row: row._claim() for row in sisters}
        elsewhere = self._claimants(shop, set(claim_of.values())) - self - sisters
        claim_of |= {row: row._claim() for row in elsewhere}
        claim_of |= {row: outcome.claim for row, outcome in outcomes.items()}

        undecided = sisters.filtered_domain(UNDECIDED)
        settled = {row: Outcome("new") for row in undecided if row.match_state == "new"}
        settled |= {
            row: Outcome("matched", row.match_field, claim_of[row])
            for row in undecided
            if claim_of[row]
        }
        settled |= outcomes
        settled = self._refuse_doubles(settled, claim_of)
        settled = self._refuse_strangers(settled, claim_of)
        return self._refuse_twins(shop, settled)

    def _claim(self):
        """The id of the product this row stands for, or wants to; False when a person decided
        otherwise."""
        if self.match_state == "linked":
            return self.product_id.id
        if self.match_state not in OPEN or self.match_field == "manual":
            return False
        return self.claimed_product_id.id

    def _claimants(self, shop, product_ids):
        """Rows of the shop that stand for one of these products or want to."""
        product_ids = [each for each in product_ids if each]
        claiming = Domain("claimed_product_id", "in", product_ids)
        bound = Domain("product_id", "in", product_ids)
        rows = self.search_fetch(Domain("shop_id", "=", shop.id) & (claiming | bound), READ)
        return rows.filtered(lambda row: row._claim() in product_ids)

    def _counts(self):
        """Whether others must make way: a row that left the site keeps what it is linked to,
        but wants nothing any more."""
        return self.on_site or self.match_state == "linked"

    def _refuse_doubles(self, settled, claim_of):
        claimants = defaultdict(list)
        for row, claim in claim_of.items():
            if claim and row._counts():
                claimants[claim].append(row)
        rivals = {
            row: [each for each in claimants[outcome.claim] if each != row]
            for row, outcome in settled.items()
            if outcome.state == "matched"
        }
        contested = {settled[row].claim for row, others in rivals.items() if others}
        names = self._product_names(contested)
        return settled | {
            row: settled[row]._replace(
                state="ambiguous", reason=row._rivalry(names[settled[row].claim], others)
            )
            for row, others in rivals.items()
            if others
        }

    def _rivalry(self, product, others):
        linked = next((row for row in others if row.match_state == "linked"), None)
        if linked:
            return self.env._(
                "%(product)s is already linked to %(row)s",
                product=product,
                row=linked.display_name,
            )
        return self.env._(
            "Several rows of the site claim %(product)s: %(rows)s",
            product=product,
            rows=self._listed(row.display_name for row in [self, *others]),
        )

    def _refuse_twins(self, shop, settled):
        """Rows that nothing here matches are to be created; two pages with one code would be
        created twice, and so would a page that the site made anew while its old row is linked.
        Variants of one page may share a code: there it is only told."""
        new = self.browse(row.id for row, outcome in settled.items() if outcome.state == "new")
        rules = shop._rules()
        twins = defaultdict(self.browse)
        sharing = self._carrying({row.sku or row.ean for row in new}, shop)
        sharing.fetch(READ)
        for row in sharing:
            if row.match_state != "ignored" and row._counts():
                twins[rules.normal(row.sku or row.ean)] |= row
        for row in new:
            others = twins[rules.normal(row.sku or row.ean)] - row
            if others:
                settled[row] = row._twin_outcome(others)
                for other in others.filtered_domain(UNDECIDED & Domain("match_state", "=", "new")):
                    if other not in settled:
                        settled[other] = other._twin_outcome(others - other | row)
        return settled

    def _twin_outcome(self, others):
        strangers = others.filtered(lambda row: row.parent_id != self.parent_id)
        if strangers:
            reason = self.env._(
                "Several rows of the site have this code: %s",
                self._listed([self.display_name, *strangers.mapped("display_name")]),
            )
            return Outcome("ambiguous", reason=reason)
        reason = self.env._(
            "Other variants of this page have the same code: %s",
            self._listed(others.mapped("display_name")),
        )
        return Outcome("new", reason=reason)
