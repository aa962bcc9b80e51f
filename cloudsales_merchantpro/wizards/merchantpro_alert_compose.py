"""What a message would say to the buyer of an order, before a rule or a person sends it."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..api.sms_text import UNICODE, size
from ..models.merchantpro_alert_send import LAYOUT
from ..models.rule_outcomes import NotNeeded


class MerchantProAlertCompose(models.TransientModel):
    _name = "merchantpro.alert.compose"
    _description = "Preview of a Message to a Buyer"

    order_id = fields.Many2one(
        "sale.order", required=True, domain=[("merchantpro_order_id", "!=", False)]
    )
    company_id = fields.Many2one(related="order_id.company_id")
    channel = fields.Selection([("mail", "E-Mail"), ("sms", "SMS")], required=True, default="mail")
    mail_template_id = fields.Many2one(
        "mail.template",
        string="E-Mail",
        domain=[("model", "=", "sale.order")],
        default=lambda self: self._confirmed("mail"),
    )
    sms_template_id = fields.Many2one(
        "sms.template",
        string="SMS",
        domain=[("model", "=", "sale.order")],
        default=lambda self: self._confirmed("sms"),
    )
    address = fields.Char(string="Recipient", compute="_compute_preview")
    lang = fields.Char(string="Language", compute="_compute_preview")
    subject = fields.Char(compute="_compute_preview")
    body = fields.Html(compute="_compute_preview", sanitize=False)
    text = fields.Text(compute="_compute_preview")
    size = fields.Char(compute="_compute_preview", help="What the operator charges for.")
    warning = fields.Text(compute="_compute_preview")

    def _confirmed(self, channel):
        """To begin with; it may have been deleted."""
        name = f"cloudsales_merchantpro.{channel}_template_confirmed"
        return self.env.ref(name, raise_if_not_found=False)

    def _template(self):
        return self.mail_template_id if self.channel == "mail" else self.sms_template_id

    @api.depends("order_id", "channel", "mail_template_id", "sms_template_id")
    def _compute_preview(self):
        self.update(dict.fromkeys(("address", "subject", "body", "text", "size", "warning"), False))
        self.lang = False
        for wizard in self.filtered(lambda each: each.order_id and each._template()):
            wizard.lang = wizard.order_id._alert_lang()
            wizard._preview_address()
            template, order = wizard.order_id._alert_in_language(wizard._template())
            if wizard.channel == "mail":
                wizard._preview_mail(template, order)
            else:
                wizard._preview_sms(template, order)

    def _preview_address(self):
        moment = self._template().merchantpro_moment
        try:
            self.order_id._check_alerts_wanted(self.channel, moment)
            self.address = self.order_id._alert_address(self.channel, moment)[1]
        except (UserError, NotNeeded) as words:
            self.warning = words.args[0]

    def _preview_mail(self, template, order):
        values = template._generate_template(order.ids, ("subject", "body_html"))[order.id]
        self.subject = values["subject"]
        self.body = template._render_encapsulate(
            LAYOUT,
            values["body_html"],
            add_context={"company": order.company_id},
            context_record=order,
        )

    def _preview_sms(self, template, order):
        self.text = order._alert_text(template)
        found = size(self.text)
        self.size = self.env._(
            "%(places)s places, %(parts)s SMS", places=found.places, parts=found.parts
        )
        if found.alphabet == UNICODE:
            self.size += " " + self.env._("(with diacritics)")

    def action_send(self):
        """Send it now; what was told already is not told again."""
        self.ensure_one()
        template = self._template()
        if not template:
            raise UserError(self.env._("Choose a message."))
        order = (
            self.env["merchantpro.alert"]._as_system().env["sale.order"].browse(self.order_id.id)
        )
        try:
            self.env["merchantpro.alert"].sudo()._send(order, template)
        except NotNeeded as words:
            raise UserError(words.args[0]) from words
        return {"type": "ir.actions.act_window_close"}
