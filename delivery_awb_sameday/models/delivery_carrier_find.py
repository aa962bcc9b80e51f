"""A waybill whose answer was lost, looked for at Sameday.

There is no search by reference. What was issued at the time is told, though: of that, what is not
here and agrees in weight and amount is looked at, and the one with our reference on its label is
ours. When none is, it may be sent again: a reference that is taken is refused there. After that
only a person can tell, in Sameday's own screens."""

import datetime
import io

from odoo import models
from odoo.tools.pdf import PdfReader, PdfReadError

from odoo.addons.delivery_awb.models.awb_errors import AwbUncertain

from ..sameday import finding

AROUND = datetime.timedelta(hours=1)  # of the sending; clocks differ
MOST_LABELS = 40


class DeliveryCarrier(models.Model):
    _inherit = "delivery.carrier"

    def sameday_awb_find(self, waybill):
        """The answer of its creation as far as it can be found out, or None. Raises AwbUncertain
        when it was sent more than once and is still not to be seen."""
        sent = waybill.sent_at or waybill.create_date
        client = self._sameday()
        rows = self._sameday_call("moved", sent - AROUND, sent + AROUND, client=client)
        candidates = self._sameday_unknown(finding.issued_numbers(rows))
        reference = waybill._client_reference()
        alike = []
        for number in candidates[:MOST_LABELS]:
            told = self._sameday_call("status", number, client=client)
            if not finding.may_be(told, waybill.weight, waybill.cod_amount):
                continue
            size = self.sameday_label_format
            label = self._sameday_call("label", number, size, client=client)
            if finding.shows(_text(label), reference):
                parcels = [{"awbNumber": each} for each in finding.parcels_of(told)]
                return self._sameday_answer(waybill, {"awbNumber": number, "parcels": parcels})
            alike.append(number)
        if waybill.attempts > 1:
            raise AwbUncertain(self._sameday_words_ask(waybill, alike))
        return None

    def _sameday_unknown(self, numbers):
        """Those of these numbers that no waybill here has."""
        waybills = self.env["delivery.awb"].sudo().search([("number", "in", numbers)])
        known = set(waybills.mapped("number"))
        return [number for number in numbers if number not in known]

    def _sameday_words_ask(self, waybill, alike=()):
        words = self.env._(
            "Sameday seems to have this waybill already, with our reference %s. Look for it in"
            " eawb.sameday.ro, then use “Type the Number”, or “It Does Not Exist”.",
            waybill._client_reference(),
        )
        if alike:
            words += self.env._("\nIt may be %s.", ", ".join(alike[:5]))
        return words


def _text(pdf):
    try:
        pages = PdfReader(io.BytesIO(pdf)).pages
        return " ".join(page.extract_text() for page in pages)
    except (PdfReadError, ValueError, KeyError):
        return ""
