"""What is uncertain about an imported order: told on it and on its sales order until a person
has looked. Nothing is invented for it, and the order does not wait."""

from odoo import fields, models
from odoo.tools import float_compare


class MerchantProOrder(models.Model):
    _inherit = "merchantpro.order"

    uncertain = fields.Text(
        readonly=True, copy=False, help="What the buyer typed and could not be read for sure."
    )

    def _note_doubts(self, buyers, parsed, sale):
        """`buyers`: the Buyers that made the contacts of an api Order."""
        doubts = buyers.doubts(parsed)
        if float_compare(sale.amount_total, float(parsed.total), precision_digits=2):
            doubts.append(
                self.env._(
                    "Accepted with a total of %(ours).2f here and %(theirs).2f on the site.",
                    ours=sale.amount_total,
                    theirs=parsed.total,
                )
            )
        told = "\n".join(dict.fromkeys(doubts)) or False
        if (self.uncertain or False) != told:
            self.uncertain = told

    def action_settle_doubts(self):
        """A person has looked."""
        self.filtered("uncertain").write({"uncertain": False})
