"""Who bought: the contact of an order's buyer and the addresses of the order.

A company is known by its VAT number, a private person by the shop's customer id, a guest by
e-mail together with phone. One account of the shop may order for itself and for several
companies: these are different buyers. Nothing of an existing contact is overwritten; another
address becomes a contact below it, once.
"""

from odoo import fields, models

from odoo.addons.phone_validation.tools.phone_validation import phone_format

from ..api import romania
from .concurrency import touch


class MerchantProCustomer(models.Model):
    _name = "merchantpro.customer"
    _description = "MerchantPro Customer"

    shop_id = fields.Many2one("merchantpro.shop", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="shop_id.company_id", store=True)
    external_id = fields.Char(string="Site ID", help="The account's; empty for a guest.")
    identity = fields.Char(required=True, help="Who the buyer is, in the account and out of it.")
    partner_id = fields.Many2one(
        "res.partner", string="Contact", required=True, ondelete="cascade", index=True
    )

    # Two orders of a new customer at once make one contact: the later one begins again.
    _identity_uniq = models.Constraint(
        "unique(shop_id, identity)", "The customer is already known."
    )

    def _partners_for(self, shop, order):
        """(buyer, invoice address, delivery address) of an api Order."""
        identity = self._identity(order)
        known = self._known(shop, identity)
        buyer = known.partner_id or self._find(shop, order)
        if not buyer:
            buyer = self.env["res.partner"].create(self._prepare_buyer_values(shop, order))
        if identity and not known:
            known = self.create(
                {
                    "shop_id": shop.id,
                    "external_id": order.customer_id,
                    "identity": identity,
                    "partner_id": buyer.id,
                }
            )
        invoice = known._address(buyer, order.billing, "invoice")
        return buyer, invoice, known._address(buyer, order.shipping, "delivery", invoice)

    def _identity(self, order):
        """The buyer of an api Order as text; "" for a guest nobody can tell from others."""
        billing = order.billing
        number, valid = romania.vat_number(billing.vat, billing.country_code)
        if billing.is_company and valid:
            return f"vat:{number.removeprefix('RO')}"
        if order.customer_id:
            company = f":{romania.fold(billing.company)}" if billing.is_company else ""
            return f"account:{order.customer_id}{company}"
        phone = self._phone(billing, self._country(billing))
        if billing.is_company or not order.email or not phone:
            return ""
        return f"guest:{order.email}:{phone}"

    def _known(self, shop, identity):
        if not identity:
            return self.browse()
        return self.search([("shop_id", "=", shop.id), ("identity", "=", identity)])

    def _find(self, shop, order):
        """The contact this ERP already has of a buyer who never ordered in the shop before."""
        partners = self.env["res.partner"]
        company = [("company_id", "in", (False, shop.company_id.id)), ("parent_id", "=", False)]
        number, valid = romania.vat_number(order.billing.vat, order.billing.country_code)
        if order.billing.is_company:
            if not valid:
                return partners
            bare = number.removeprefix("RO")
            return partners.search([("vat", "in", (bare, f"RO{bare}")), *company], limit=1)
        phone = self._phone(order.billing, self._country(order.billing))
        if not order.email or not phone:
            return partners
        same_mail = [("email_normalized", "=", order.email), ("is_company", "=", False)]
        return partners.search([*same_mail, ("phone", "=", phone), *company], limit=1)

    def _prepare_buyer_values(self, shop, order):
        billing = order.billing
        number, valid = romania.vat_number(billing.vat, billing.country_code)
        values = {
            **self._prepare_address_values(billing),
            "name": billing.company or billing.name or order.email or order.id,
            "is_company": billing.is_company,
            "email": order.email,
            "company_id": shop.company_id.id,
            "customer_rank": 1,
        }
        if valid:
            values["vat"] = number
        elif number:
            # The law wants a valid number on the invoice, but the order must not wait for it.
            values["comment"] = self.env._("VAT number given by the buyer: %s", billing.vat)
        if billing.registry and "nrc" in self.env["res.partner"]._fields:
            values["nrc"] = billing.registry
        language = self.env["res.lang"].search([("code", "=", order.language)], limit=1)
        if language:
            values["lang"] = language.code
        return values

    def _address(self, buyer, address, kind, other=None):
        """The contact of `address` at `buyer`: itself, one it has, or a new one."""
        values = self._prepare_address_values(address)
        candidates = buyer | (other or buyer) | buyer.child_ids
        wanted = self._fingerprint(values)
        for contact in candidates:
            if self._fingerprint(contact.read(list(values), load="")[0]) == wanted:
                return contact
        touch(self)  # two orders of the buyer at once make one contact of a new address
        return buyer.create(
            {**values, "parent_id": buyer.id, "type": kind, "company_id": buyer.company_id.id}
        )

    def _fingerprint(self, values):
        text = [romania.fold(values[key] or "") for key in ("name", "street", "city", "zip")]
        return (*text, values["state_id"], values["country_id"], values["phone"] or "")

    def _prepare_address_values(self, address):
        """Values of an api Address; a county or sector that cannot be read stays as typed."""
        country = self._country(address)
        state = self._state(address, country)
        city = address.city
        if state and state.code == "B" and country.code == "RO":
            number = romania.sector(
                address.district, address.city, address.street, address.postal_code
            )
            city = f"Sector {number}" if number else address.city
        return {
            "name": address.company or address.name or address.phone or "-",
            "street": address.street,
            "street2": address.state if address.state and not state else False,
            "city": city,
            "zip": address.postal_code,
            "state_id": state.id,
            "country_id": country.id,
            "phone": self._phone(address, country),
        }

    def _country(self, address):
        return self.env["res.country"].search(
            [("code", "=", address.country_code or "RO")], limit=1
        )

    def _state(self, address, country):
        wanted = romania.county(address.state)
        return country.state_ids.filtered(
            lambda state: wanted and wanted in (romania.fold(state.name), state.code.lower())
        )[:1]

    def _phone(self, address, country):
        """E.164 where the number can be understood, else as typed."""
        number = romania.first_phone(address.phone)
        if not number:
            return False
        return phone_format(
            number,
            country.code or "RO",
            country.phone_code or 40,
            force_format="E164",
            raise_exception=False,
        )
