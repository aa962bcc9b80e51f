"""What sending an order would cost, for quotations."""

from odoo import models
from odoo.exceptions import UserError

from odoo.addons.delivery_awb.models.awb_errors import AwbRefused, AwbUnavailable, AwbUncertain


class DeliveryCarrier(models.Model):
    _inherit = "delivery.carrier"

    def sameday_rate_shipment(self, order):
        try:
            form = self._prepare_sameday_estimate(order)
            told = self._sameday_call("estimate", form)
            price = self._sameday_lei(
                float(told["amount"]), order.company_id.currency_id, order.company_id
            )
        except (AwbRefused, AwbUnavailable, AwbUncertain, UserError) as error:
            return _rate(0.0, error.args[0])
        except (KeyError, TypeError, ValueError):
            return _rate(0.0, self.env._("Sameday told no price."))
        return _rate(price)

    def _prepare_sameday_estimate(self, order):
        place = self.env["sameday.locker"]
        service = self._sameday_service(place)
        weight = max(order._get_estimated_weight() or self.awb_default_weight, 0.1)
        return {
            **self._prepare_sameday_sender(),
            "service": service.number,
            "packageNumber": 1,
            "packageWeight": round(weight, 3),
            "parcels": [{"weight": round(weight, 3)}],
            "cashOnDelivery": 0,
            "insuredValue": 0,
            "awbRecipient": self._prepare_sameday_recipient(order.partner_shipping_id, place),
        }


def _rate(price, error=False):
    return {
        "success": not error,
        "price": price,
        "error_message": error,
        "warning_message": False,
    }
