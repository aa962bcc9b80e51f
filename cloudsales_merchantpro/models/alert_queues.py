"""Odoo's queues of e-mail and SMS wake who follows the messages to buyers.

They only wake it, see `merchantpro_alert_follow`: inserting a trigger cannot fail for what another
transaction does, so nothing makes a queue begin again after a message has left."""

import requests
from urllib3.exceptions import MaxRetryError

from odoo import fields, models

# Answers after which nobody knows whether the service acted.
UNSURE = (500, 502, 504)


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _prepare_outgoing_list(self, *args, **kwargs):
        """Take the row before the server takes the mail: of two senders at once, or of a sender
        and a Retry, one waits here and begins again, and not after its mail has left."""
        self.flush_recordset(["state"])
        return super()._prepare_outgoing_list(*args, **kwargs)

    def _postprocess_sent_message(self, *args, **kwargs):
        result = super()._postprocess_sent_message(*args, **kwargs)
        self.env["merchantpro.alert"]._wake([("mail_id", "in", self.ids)])
        return result


class SmsSms(models.Model):
    _inherit = "sms.sms"

    merchantpro_unsure = fields.Boolean(
        string="No Answer",
        readonly=True,
        help="The service got it and did not answer: it may have been sent.",
    )

    def _send_with_api(self, sms_api, **options):
        """Tell apart what the service did not get from what it got and did not answer: the
        latter is not sent again without a person."""
        watched = _Watched(sms_api)
        result = super()._send_with_api(watched, **options)
        if watched.no_answer:
            self.merchantpro_unsure = True
        self.env["merchantpro.alert"]._wake([("sms_id", "in", self.ids)])
        return result


class _Watched:
    """The service for SMS, and whether its answer was awaited in vain."""

    def __init__(self, api):
        self._api = api
        self.no_answer = False

    def __getattr__(self, name):
        return getattr(self._api, name)

    def _send_sms_batch(self, *args, **kwargs):
        try:
            return self._api._send_sms_batch(*args, **kwargs)
        except Exception as error:
            self.no_answer = _was_sent(error)
            raise


def _was_sent(error):
    """Whether the request may have been acted on, though it failed. Odoo raises an error of its
    own and keeps the cause in its context."""
    while error and not isinstance(error, requests.exceptions.RequestException):
        error = error.__cause__ or error.__context__
    if isinstance(error, requests.exceptions.HTTPError):
        return error.response.status_code in UNSURE
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return False
    if isinstance(error, requests.exceptions.ConnectionError):
        # No connection at all, or one that ended without an answer.
        return not isinstance(error.args[0], MaxRetryError)
    return bool(error)


class MerchantProAlert(models.Model):
    _inherit = "merchantpro.alert"

    def _wake(self, domain):
        if self.sudo().search_count(domain, limit=1):
            self.env.ref("cloudsales_merchantpro.cron_alerts").sudo()._trigger()
