"""Who writes to the buyers of a shop, and how."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import email_normalize, formataddr


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    alert_name = fields.Char(
        string="Name for Buyers", help="As the messages call the shop; its name when empty."
    )
    alert_sender = fields.Char(
        string="Sender of E-Mails", help="The address buyers answer to; the company's when empty."
    )
    sms_plain = fields.Boolean(
        string="SMS without Diacritics",
        default=True,
        help="A single ș or ă makes an SMS of 160 letters cost as much as three.",
    )
    unsent_count = fields.Integer(string="Messages Not Sent", compute="_compute_unsent_count")

    alert_doubled = fields.Boolean(string="Odoo Writes Too", compute="_compute_alert_doubled")

    @api.depends("company_id.stock_move_email_validation", "company_id.stock_text_confirmation")
    def _compute_alert_doubled(self):
        for shop in self:
            company = shop.company_id
            shop.alert_doubled = (
                company.stock_move_email_validation or company.stock_text_confirmation
            )

    def _compute_unsent_count(self):
        counts = dict(
            self.env["merchantpro.alert"]._read_group(
                [("shop_id", "in", self.ids), ("state", "in", ("waiting", "failed"))],
                ["shop_id"],
                ["__count"],
            )
        )
        for shop in self:
            shop.unsent_count = counts.get(shop, 0)

    @api.constrains("alert_sender")
    def _check_alert_sender(self):
        for shop in self.filtered("alert_sender"):
            if not email_normalize(shop.alert_sender):
                raise ValidationError(self.env._("“%s” is no e-mail address.", shop.alert_sender))

    def _alert_shop_name(self):
        return self.alert_name or self.name

    def _alert_sender(self, company):
        """The shop as the sender of e-mails, as a mail's header names it."""
        address = email_normalize(self.alert_sender or company.email)
        if not address:
            raise UserError(
                self.env._("Neither the shop nor the company has an e-mail address to write from.")
            )
        return formataddr((self._alert_shop_name() or company.name, address))

    def action_preview_alerts(self):
        """What the last order of this shop would be told."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "cloudsales_merchantpro.merchantpro_alert_compose_action"
        )
        last = self.env["sale.order"].search([("merchantpro_shop_id", "in", self.ids)], limit=1)
        if not last:
            raise UserError(self.env._("The shop has no order yet that could be shown."))
        return {**action, "context": {"default_order_id": last.id}}

    def action_open_unsent(self):
        return self._action_of("merchantpro_alert_action", search_default_open=1)
