"""Rules that tell the site how far an order is."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .rule_outcomes import NotNeeded


class MerchantProRule(models.Model):
    _inherit = "merchantpro.rule"

    site_status = fields.Selection(
        [
            ("in_process", "In process"),
            ("shipped", "Shipped"),
            ("delivered", "Delivered"),
            ("cancelled", "Cancelled"),
        ],
        string="State for the Site",
    )

    @api.constrains("action", "site_status")
    def _check_site_status(self):
        for rule in self:
            if rule.action == "status" and not rule.site_status:
                raise ValidationError(
                    self.env._("Choose which state “%s” tells the site.", rule.name or "")
                )

    def _do_status(self, run):
        """The outbox tells it once, whichever rule or switch asked for it."""
        order = run.order_id
        switch = f"push_{self.site_status}"
        shop = order.merchantpro_shop_id
        if not shop[switch]:
            words = shop._fields[switch]._description_string(self.env)
            raise NotNeeded(
                self.env._(
                    "“%(switch)s” is off in the shop %(shop)s.", switch=words, shop=shop.name
                )
            )
        order._tell_site(self.site_status)
        state = dict(self._fields["site_status"]._description_selection(self.env))
        return self.env._("For the site: %s", state[self.site_status])
