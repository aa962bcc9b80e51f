"""Which moment of an order a template is about; messages of one moment are sent once."""

from odoo import fields, models

from .alert_moments import MOMENTS

HELP = "The buyer of an order of a shop is told of a moment once, whatever templates there are."


class MailTemplate(models.Model):
    _inherit = "mail.template"

    merchantpro_moment = fields.Selection(MOMENTS, string="Moment of an Order", help=HELP)


class SmsTemplate(models.Model):
    _inherit = "sms.template"

    merchantpro_moment = fields.Selection(MOMENTS, string="Moment of an Order", help=HELP)
