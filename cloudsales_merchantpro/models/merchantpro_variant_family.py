"""The variants of one page of the site belong to one product template here.

Where a page's rows name variants of a real template (one with attributes), a row that names
a product of another template is ambiguous. A linked row says more than any number of matched
ones; where two templates are named alike, all rows are ambiguous. Templates with one variant
each are how many ERPs keep sizes: that is no contradiction.
"""

from collections import defaultdict

from odoo import models
from odoo.tools import SQL


class MerchantProVariant(models.Model):
    _inherit = "merchantpro.variant"

    def _refuse_strangers(self, settled, claim_of):
        """`settled` with the rows that contradict their page."""
        families = defaultdict(list)
        for row, claim in claim_of.items():
            stays = settled[row].state == "matched" if row in settled else row._is_linked()
            if claim and stays:
                families[row.parent_id].append(row)
        families = {page: rows for page, rows in families.items() if len(rows) > 1}
        template_of, real = self._templates_of(
            {claim_of[row] for rows in families.values() for row in rows}
        )
        belongs = {row: template_of[claim_of[row]] for rows in families.values() for row in rows}
        winners = {page: self._winners(rows, belongs, real) for page, rows in families.items()}
        refused = {}
        for row, outcome in settled.items():
            wanted = winners.get(row.parent_id)
            # Nobody can say which product a new variant of a divided page is to join.
            lost = outcome.state == "new" and len(wanted or ()) > 1
            if wanted and (lost or row in belongs and {belongs[row]} != wanted):
                refused[row] = wanted
        return settled | self._refusals(settled, refused)

    def _is_linked(self):
        return self.match_state == "linked"

    def _winners(self, rows, belongs, real):
        """The templates among the `real` ones that most rows of a page name; more than one when
        they are equal."""
        votes = defaultdict(lambda: (0, 0))
        for row in rows:
            linked, named = votes[belongs[row]]
            votes[belongs[row]] = (linked + row._is_linked(), named + 1)
        votes = {template: count for template, count in votes.items() if template in real}
        most = max(votes.values(), default=None)
        return {template for template, count in votes.items() if count == most}

    def _templates_of(self, product_ids):
        """({product id: template id}, template ids that have attributes)"""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT p.id, p.product_tmpl_id, EXISTS (
                           SELECT 1 FROM product_template_attribute_line l
                            WHERE l.product_tmpl_id = p.product_tmpl_id AND l.active)
                  FROM product_product p
                 WHERE p.id = ANY(%s)
                """,
                list(product_ids),
            )
        )
        return {row[0]: row[1] for row in rows}, {row[1] for row in rows if row[2]}

    def _refusals(self, settled, refused):
        templates = self.env["product.template"].sudo()
        templates = templates.browse({each for winners in refused.values() for each in winners})
        names = {template.id: template.display_name for template in templates}
        outcomes = {}
        for row, winners in refused.items():
            named = self._listed(names[each] for each in winners)
            if len(winners) > 1:
                reason = self.env._(
                    "The variants of this page belong to several products: %s", named
                )
            else:
                reason = self.env._("The other variants of this page belong to %s", named)
            outcomes[row] = settled[row]._replace(state="ambiguous", reason=reason)
        return outcomes
