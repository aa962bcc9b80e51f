"""A waybill as the form that Sameday wants. What it would refuse anyhow, or what would go to a
wrong place, is refused here, in words."""

from odoo import models
from odoo.tools import float_compare

from odoo.addons.delivery_awb.models.awb_errors import AwbRefused

from ..sameday import places
from .sameday_service import EASYBOX, HOME, POINT


class DeliveryCarrier(models.Model):
    _inherit = "delivery.carrier"

    def _prepare_sameday_form(self, waybill):
        """The form of a waybill. Raises AwbRefused."""
        locker = self._sameday_locker(waybill)
        service = self._sameday_service(locker)
        currency = waybill.currency_id.name
        if waybill.cod_amount and currency != "RON":
            raise AwbRefused(self.env._("Sameday collects lei; the order is in %s.", currency))
        parcels = self._sameday_parcels(waybill)
        picking = waybill.picking_id
        return {
            **self._prepare_sameday_sender(),
            "service": service.number,
            "serviceTaxes": self._sameday_options(service, locker),
            "packageNumber": len(parcels),
            "packageWeight": round(sum(each["weight"] for each in parcels), 3),
            "parcels": parcels,
            "cashOnDelivery": round(waybill.cod_amount, 2),
            "insuredValue": self._sameday_insured_value(picking),
            "currency": "RON",
            "awbRecipient": self._prepare_sameday_recipient(picking.partner_id, locker),
            "lockerLastMile": locker.code if locker.kind == "easybox" else None,
            "oohLastMile": locker.code if locker.kind == "point" else None,
            "observation": self._sameday_observation(waybill),
            "clientInternalReference": waybill._client_reference(),
        }

    def _prepare_sameday_sender(self):
        points = self.env["sameday.pickup.point"].search([("carrier_id", "=", self.id)])
        point = self.sameday_pickup_point_id or points[:1]
        if not point:
            raise AwbRefused(
                self.env._(
                    "No pickup point is known: use “Read Services, Pickup Points and Lockers” on"
                    " the delivery method “%s”.",
                    self.name,
                )
            )
        contact = self.sameday_contact_id
        if contact.pickup_point_id != point:
            contact = point.contact_ids[:1]
        return {
            "pickupPoint": point.number,
            "contactPerson": contact.number or None,
            "packageType": int(self.sameday_package_type),
            "awbPayment": 1,
            "thirdPartyPickup": 0,
        }

    def _sameday_locker(self, waybill):
        """The place the buyer chose, or none."""
        lockers = self.env["sameday.locker"]
        if not waybill.locker_code:
            return lockers
        locker = lockers._find(self._sameday_server(), waybill.locker_code)
        if not locker:
            raise AwbRefused(
                self.env._(
                    "Sameday has no locker or point “%s”, or not any more: choose another one.",
                    waybill.locker_code,
                )
            )
        return locker

    def _sameday_service(self, locker):
        """By code. Without the service for lockers nothing goes to the door instead: the buyer
        did not ask for that, and pays another price."""
        code = {"easybox": EASYBOX, "point": POINT}.get(locker.kind, HOME)
        if not locker and self.sameday_service_id.active:
            return self.sameday_service_id
        service = self.env["sameday.service"].search(
            [("carrier_id", "=", self.id), ("code", "=", code)], limit=1
        )
        if service:
            return service
        if locker:
            raise AwbRefused(
                self.env._(
                    "The contract with Sameday has no service to lockers or points (%s), which the"
                    " buyer chose.",
                    code,
                )
            )
        raise AwbRefused(
            self.env._("The contract has no service %(code)s: choose one on “%(name)s”.",
                       code=code, name=self.name)
        )  # fmt: skip

    def _sameday_options(self, service, locker):
        if not self.sameday_open_package or locker:
            return []
        option = service._option("OPCG", self.sameday_package_type)
        if not option:
            raise AwbRefused(
                self.env._("The service %s has no “open before paying”.", service.name)
            )
        return [option]

    def _sameday_parcels(self, waybill):
        """Weight and size of each parcel; a total weight is shared out so that it adds up."""
        if waybill.parcel_ids and all(each.weight > 0 for each in waybill.parcel_ids):
            return [
                {
                    "weight": round(each.weight, 3),
                    "width": round(each.width) or None,
                    "length": round(each.length) or None,
                    "height": round(each.height) or None,
                }
                for each in waybill.parcel_ids
            ]
        count = max(waybill.parcel_count, 1)
        share = round(waybill.weight / count, 2)
        weights = [share] * (count - 1)
        weights.append(round(waybill.weight - share * (count - 1), 3))
        if float_compare(min(weights), 0, precision_digits=3) <= 0:
            raise AwbRefused(self.env._("The weight of a parcel is zero."))
        return [{"weight": weight} for weight in weights]

    def _sameday_insured_value(self, picking):
        sale = picking.sale_id
        if not self.sameday_insured or not sale:
            return 0
        goods = sum(
            line.price_reduce_taxinc * move.product_uom_qty
            for move in picking.move_ids
            if (line := move.sale_line_id)
        )
        lei = self.env.ref("base.RON")
        company, date = picking.company_id, sale.date_order
        return round(sale.currency_id._convert(goods, lei, company, date), 2)

    def _sameday_observation(self, waybill):
        """The note of the label; our reference is part of it, since by it the waybill is found
        again when its answer was lost."""
        picking = waybill.picking_id
        sale = picking.sale_id
        numbers = {
            "{order}": sale.name or picking.origin or "",
            "{transfer}": picking.name or "",
            "{site}": sale.client_order_ref or "",
        }
        note = self.sameday_observation or ""
        for name, number in numbers.items():
            note = note.replace(name, number)
        return f"{note} {waybill._client_reference()}".strip()[:250]

    def _prepare_sameday_recipient(self, partner, locker):
        firm = partner.commercial_partner_id
        firm = firm if firm.is_company else firm.browse()
        number = places.phone(partner.phone) or places.phone(partner.commercial_partner_id.phone)
        if not number:
            raise AwbRefused(
                self.env._("“%s” has no phone number that can be called.", partner.display_name)
            )
        return {
            "name": partner.name or partner.parent_id.name or firm.name,
            "phoneNumber": number,
            "email": partner.email or firm.email or None,
            "personType": 1 if firm else 0,
            "companyName": firm.name or None,
            "companyCui": firm.vat or None,
            **self._prepare_sameday_address(partner, locker),
        }

    def _prepare_sameday_address(self, partner, locker):
        if locker:
            county, city, address = locker.county, locker.city, locker.address
            return {
                "countyString": places.county("", county) or county,
                "cityString": city,
                "address": address or locker.name,
                "postalCode": locker.postal_code or None,
            }
        if partner.country_id and partner.country_id.code != "RO":
            raise AwbRefused(
                self.env._("Sameday takes parcels to %s only by another contract.",
                           partner.country_id.name)
            )  # fmt: skip
        street = ", ".join(filter(None, (partner.street, partner.street2)))
        if not street or not partner.city:
            raise AwbRefused(
                self.env._("The address of “%s” lacks street or city.", partner.display_name)
            )
        county = places.county(partner.state_id.code, partner.state_id.name)
        if not county:
            raise AwbRefused(
                self.env._("The address of “%s” has no county of Romania.", partner.display_name)
            )
        return {
            "countyString": county,
            "cityString": self._sameday_city(partner, county),
            "address": street,
            "postalCode": partner.zip or None,
        }

    def _sameday_city(self, partner, county):
        if county != places.BUCHAREST:
            return partner.city
        sector = places.sector(
            partner.city, partner.street2, partner.street, postal_code=partner.zip
        )
        if not sector:
            raise AwbRefused(
                self.env._(
                    "For Sameday București is six cities: write the sector into the address of"
                    " “%s”, for example “Sector 3” as the city.",
                    partner.display_name,
                )
            )
        return sector
