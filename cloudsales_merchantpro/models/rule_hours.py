"""Messages reach people in working hours, of the company's time zone: what happens at night is
told in the morning."""

import zoneinfo

from odoo import fields, models

from ..api.hours import next_open
from .merchantpro_rule import MESSAGES


class MerchantProRule(models.Model):
    _inherit = "merchantpro.rule"

    hour_from = fields.Float(string="From", help="E-mails and SMS are sent in these hours only.")
    hour_to = fields.Float(string="To", help="The same as the first one: at any time.")

    _hours = models.Constraint(
        "CHECK(hour_from >= 0 AND hour_from < 24 AND hour_to >= 0 AND hour_to <= 24)",
        "Hours are from 0:00 to 24:00.",
    )

    def _has_hours(self):
        return self.action in MESSAGES and self.hour_from != self.hour_to

    def _moment(self):
        moment = super()._moment()
        if not self._has_hours():
            return moment
        wanted = moment or fields.Datetime.now()
        allowed = self._next_open(wanted)
        return moment if allowed == wanted else allowed

    def _next_open(self, moment):
        zone = zoneinfo.ZoneInfo(self.company_id._merchantpro_tz())
        return next_open(moment, zone, self.hour_from, self.hour_to)


class MerchantProRuleRun(models.Model):
    _inherit = "merchantpro.rule.run"

    def _is_due(self):
        """A job that is late, and a try after a pause, may come at night."""
        if not super()._is_due():
            return False
        rule = self.sudo().rule_id
        if self.insist or not rule._has_hours():
            return True
        now = fields.Datetime.now()
        allowed = rule._next_open(now)
        if allowed == now:
            return True
        self.run_at = allowed
        self._enqueue()
        self._wake_next()
        return False


class ResCompany(models.Model):
    _inherit = "res.company"

    def _merchantpro_tz(self):
        """The name of the company's time zone: its contact's, else that of its working hours."""
        self.ensure_one()
        company = self.sudo()
        return company.partner_id.tz or company.resource_calendar_id.tz or "Europe/Bucharest"
