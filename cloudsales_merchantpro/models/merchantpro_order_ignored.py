"""Why an order is left alone, and what brings it back.

What the site's word decided, the site's word undoes: an order that was cancelled or never paid
comes back by itself when the site changes it. What a person decided stays decided.
"""

from odoo import fields, models

COMES_BACK = ("state", "unfinished", "gone")


class MerchantProOrder(models.Model):
    _inherit = "merchantpro.order"

    ignored_because = fields.Selection(
        [
            ("person", "A Person's Choice"),
            ("state", "State on the Site"),
            ("unfinished", "Never Finished"),
            ("gone", "Not on the Site Any More"),
            ("start", "Before the Start Date"),
            ("history", "History"),
        ],
        readonly=True,
        copy=False,
    )
    asked_for = fields.Selection(
        [("person", "By Itself"), ("history", "With the History")],
        readonly=True,
        copy=False,
        help="It is imported although it was placed before the shop's start date.",
    )

    def _ask_for(self, how):
        """These orders are wanted, whatever their date and whatever became of them before."""
        self.write(
            {"state": "new", "held_reason": False, "ignored_because": False, "asked_for": how}
        )

    def _take_up(self):
        """What follows a reading that found these orders new or changed."""
        back = self.filtered(
            lambda order: order.state == "ignored" and order.ignored_because in COMES_BACK
        )
        back.write({"state": "new", "held_reason": False, "ignored_because": False})
        self._open().process()
