"""What delivery_awb asks of a courier, by Sameday."""

import logging

from odoo import fields, models

from odoo.addons.delivery_awb.models.awb_errors import (
    AwbRefused,
    AwbUnavailable,
    AwbUncertain,
)

from ..sameday import errors, status

_logger = logging.getLogger(__name__)
REFERENCE = "clientInternalReference"


class DeliveryCarrier(models.Model):
    _inherit = "delivery.carrier"

    def sameday_awb_create(self, waybill):
        """Sameday takes each reference once, for good. So what was sent before without an answer
        and is sent again is refused there, and never made twice."""
        form = self._prepare_sameday_form(waybill)
        try:
            made = self._sameday_call("make", form)
        except AwbRefused as error:
            if not _is_taken(error.__cause__):
                raise
            return self._sameday_made_before(waybill)
        return self._sameday_answer(waybill, made)

    def _sameday_made_before(self, waybill):
        found = self.sameday_awb_find(waybill)
        if found:
            return found
        raise AwbUncertain(self._sameday_words_ask(waybill))

    def _sameday_answer(self, waybill, made):
        number = str(made["awbNumber"])
        parcels = made.get("parcels")
        numbers = [
            str(each["awbNumber"])
            for each in (parcels if isinstance(parcels, list) else [])
            if isinstance(each, dict) and each.get("awbNumber")
        ]
        answer = {
            "number": number,
            "parcels": numbers,
            "tracking_url": self._sameday_tracking_url(number),
        }
        cost = made.get("awbCost")
        if isinstance(cost, int | float):
            answer["cost"] = self._sameday_lei(cost, waybill.currency_id, waybill.company_id)
        return answer

    def _sameday_lei(self, amount, currency, company):
        """Lei in another currency."""
        lei = self.env.ref("base.RON")
        company = company or self.env.company
        today = fields.Date.context_today(self)
        return lei._convert(amount, currency or lei, company, today)

    def sameday_awb_label(self, waybill):
        return self._sameday_call("label", waybill.number, self.sameday_label_format)

    def sameday_awb_cancel(self, waybill):
        try:
            self._sameday_call("delete", waybill.number)
        except AwbRefused as error:
            # Asked twice: it is gone already.
            if not isinstance(error.__cause__, errors.NotFound):
                raise

    def sameday_awb_status(self, waybills):
        """What is known of these; those that the courier says nothing of are left out."""
        told, client = {}, self._sameday()
        for waybill in waybills:
            try:
                answer = self._sameday_call("status", waybill.number, client=client)
                state, words, at = status.read(answer)
            except AwbUnavailable:
                if not told:
                    raise
                break  # the rest the next time
            except AwbRefused as error:
                if not isinstance(error.__cause__, errors.NotFound):
                    raise
                _logger.info("Sameday knows no waybill %s", waybill.number)
                continue
            if state:
                told[waybill] = {"state": state, "words": words, "at": at}
        return told


def _is_taken(cause):
    """Whether a refusal says nothing but that the reference is taken."""
    messages = getattr(cause, "messages", [])
    return bool(messages) and all(
        field.endswith(REFERENCE) and "unique" in message for field, message in messages
    )
