"""Whom the messages of an order go to, in which language, and whether they are wanted; and the
messages of an order where people look."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from ..api.sms_text import plain
from .alert_moments import DOCUMENTS
from .rule_outcomes import NotNeeded


class SaleOrder(models.Model):
    _inherit = "sale.order"

    alert_ids = fields.One2many("merchantpro.alert", "order_id", string="Messages to the Buyer")
    alert_count = fields.Integer(string="Messages Sent", compute="_compute_alert_count")
    alert_problem = fields.Text(
        string="Message Not Sent",
        compute="_compute_alert_count",
        help="Why a message did not reach the buyer yet.",
    )

    @api.depends("alert_ids.state", "alert_ids.problem")
    def _compute_alert_count(self):
        for order in self:
            alerts = order.alert_ids
            order.alert_count = len(alerts)
            # What a rule wanted to tell is among the open points of the rules.
            by_hand = alerts.filtered(lambda alert: alert.problem and not alert.run_id)
            order.alert_problem = "\n".join(by_hand.mapped("problem"))

    def action_open_alerts(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "cloudsales_merchantpro.merchantpro_alert_action"
        )
        return {**action, "domain": [("order_id", "=", self.id)], "context": {}}

    def _alert_lang(self):
        """The buyer's language, else the shop's; one that is not installed is left out."""
        lang = self.env["res.lang"]
        return (
            lang._get_code(self.partner_id.lang)
            or lang._get_code(self.merchantpro_shop_id.lang)
            or self.env.lang
            or "en_US"
        )

    def _check_alerts_wanted(self, channel, moment):
        """NotNeeded for a buyer who wants no such message; documents come all the same."""
        partner = self.partner_id
        if moment in DOCUMENTS:
            return
        if partner.merchantpro_no_alerts or partner.commercial_partner_id.merchantpro_no_alerts:
            raise NotNeeded(self.env._("The buyer does not want messages about orders."))
        if channel == "mail":
            address = email_normalize(self._alert_email(moment), strict=False)
            listed = self.env["mail.blacklist"].sudo()._is_listed(address)
        else:
            listed = self.env["phone.blacklist"].sudo()._is_listed(self._alert_number_e164())
        if listed:
            raise NotNeeded(self.env._("The buyer is on the list of those not to be written to."))

    def _alert_address(self, channel, moment):
        """(name, e-mail address or number) of the buyer; UserError in words where there is none."""
        return self._alert_mail_address(moment) if channel == "mail" else self._alert_sms_address()

    def _alert_mail_address(self, moment):
        email = self._alert_email(moment)
        if not email:
            raise UserError(self.env._("%s has no e-mail address.", self.partner_id.display_name))
        # Of several addresses in the field, the first one.
        address = email_normalize(email, strict=False)
        if not address:
            raise UserError(self.env._("“%s” is no e-mail address.", email))
        return self.partner_id.name or "", address

    def _alert_email(self, moment):
        """Documents go to who is invoiced, everything else to who ordered."""
        partners = [self.partner_id, self.partner_invoice_id, self.partner_shipping_id]
        if moment in DOCUMENTS:
            partners[:2] = reversed(partners[:2])
        return next((partner.email for partner in partners if partner.email), False)

    def _alert_sms_address(self):
        phone = self._alert_phone()
        if not phone:
            if self._alert_email(None):
                raise NotNeeded(self.env._("The buyer gave no phone number."))
            raise UserError(self.env._("%s has no phone number.", self.partner_id.display_name))
        number = self._alert_number_e164()
        if not number:
            raise UserError(self.env._("“%s” is no phone number.", phone))
        return self.partner_id.name or "", number

    def _alert_phone(self):
        """Of the delivery, whom the courier calls too; else of the buyer."""
        return self.partner_shipping_id.phone or self.partner_id.phone

    def _alert_number_e164(self):
        partner = self.partner_shipping_id if self.partner_shipping_id.phone else self.partner_id
        country = partner.country_id or self.company_id.country_id
        return partner._phone_format(number=self._alert_phone(), country=country)

    def _alert_in_language(self, template, picking=None):
        """(template, order) with which a message is rendered: in the buyer's language, for the
        order's company, with the rights of nobody in particular."""
        lang = self._alert_lang()
        context = {
            "alert_picking_id": picking.id if picking else False,
            "lang": lang,
            "template_preview_lang": lang,
        }
        template = template.sudo().with_context(**context).with_company(self.company_id)
        return template, self.with_env(template.env)

    def _alert_text(self, template):
        """What an SMS says, in the alphabet the shop pays for."""
        text = template._render_field("body", self.ids)[self.id].strip()
        shop = self.merchantpro_shop_id
        return plain(text) if not shop or shop.sms_plain else text
