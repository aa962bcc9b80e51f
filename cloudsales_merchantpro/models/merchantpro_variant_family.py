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
        """`settled` with the rows of each page that contradict their page."""
        families = defaultdict(list)
        for row, claim in claim_of.items():
            voting = settled[row].state == "matched" if row in settled else True
            if claim and voting and (row in settled or row.match_state == "linked"):
                families[row.parent_id].append(row)
        families = {page: rows for page, rows in families.items() if len(rows) > 1}
        template_of, real = self._templates_of(
            {claim_of[row] for rows in families.values() for row in rows}
        )
        refused = {}
        for rows in families.values():
            votes = defaultdict(lambda: (0, 0))
            for row in rows:
                template = template_of[claim_of[row]]
                linked, all_rows = votes[template]
                votes[template] = (linked + (row.match_state == "linked"), all_rows + 1)
            winners = self._winners({each: votes[each] for each in votes if each in real})
            for row in rows:
                if winners and row in settled and {template_of[claim_of[row]]} != winners:
                    refused[row] = winners
        return settled | self._refusals(settled, refused)

    def _winners(self, votes):
        """The templates with the most votes; more than one when they are equal."""
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
                reason = self.env._("The variants of this page belong to several: %s", named)
            else:
                reason = self.env._("The other variants of this page belong to %s", named)
            outcomes[row] = settled[row]._replace(state="ambiguous", reason=reason)
        return outcomes
