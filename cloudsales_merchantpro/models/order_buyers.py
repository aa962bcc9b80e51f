"""The buyers of several orders and their addresses, found together and made together.

A company is known by its VAT number, a private person by the shop's customer id, a guest by
e-mail together with phone. One account of the shop may order for itself and for several
companies: these are different buyers. Nothing of an existing contact is overwritten; another
address becomes a contact below it, once.
"""

from odoo.addons.phone_validation.tools.phone_validation import phone_format

from ..api import romania
from .concurrency import touch

FINGERPRINT = ("name", "street", "city", "zip", "state_id", "country_id", "phone")


class Places:
    """Countries and counties by what the site calls them, each looked up once."""

    def __init__(self, env):
        self.env = env
        self._countries, self._states, self._phones = {}, {}, {}

    def country(self, address):
        code = address.country_code or "RO"
        if code not in self._countries:
            countries = self.env["res.country"]
            self._countries[code] = countries.search([("code", "=", code)], limit=1)
        return self._countries[code]

    def state(self, address, country):
        if country not in self._states:
            self._states[country] = {
                name: state
                for state in country.state_ids
                for name in (romania.fold(state.name), state.code.lower())
            }
        none = self.env["res.country.state"]
        return self._states[country].get(romania.county(address.state), none)

    def phone(self, address, country):
        """E.164 where the number can be understood, else as typed."""
        key = address.phone, country
        if key not in self._phones:
            number = romania.first_phone(address.phone)
            self._phones[key] = number and phone_format(
                number,
                country.code or "RO",
                country.phone_code or 40,
                force_format="E164",
                raise_exception=False,
            )
        return self._phones[key] or False


class Buyers:
    """`shop` in an environment that may read and make contacts."""

    def __init__(self, shop):
        self.shop = shop
        self.env = shop.env
        self.partners = shop.env["res.partner"]
        self.places = Places(shop.env)

    def of(self, orders):
        """{key: (buyer, invoice address, delivery address)} for {key: api Order}."""
        identities = {key: self._identity(order) for key, order in orders.items()}
        known = self._known(identities)
        buyers = self._buyers(orders, identities, known)
        addresses = self._addresses(orders, identities, known, buyers)
        return {key: (buyers[key], *addresses[key]) for key in orders}

    # Who

    def _identity(self, order):
        """The buyer of an api Order as text; "" for a guest nobody can tell from others."""
        billing = order.billing
        number, valid = romania.vat_number(billing.vat, billing.country_code)
        if billing.is_company and valid:
            return f"vat:{number.removeprefix('RO')}"
        if order.customer_id:
            company = f":{romania.fold(billing.company)}" if billing.is_company else ""
            return f"account:{order.customer_id}{company}"
        phone = self._phone(billing)
        if billing.is_company or not order.email or not phone:
            return ""
        return f"guest:{order.email}:{phone}"

    def _known(self, identities):
        """{identity: merchantpro.customer} of those who ordered in the shop before."""
        wanted = list(filter(None, identities.values()))
        rows = self.env["merchantpro.customer"].search(
            [("shop_id", "=", self.shop.id), ("identity", "in", wanted)]
        )
        return {row.identity: row for row in rows}

    def _buyers(self, orders, identities, known):
        """{key: contact}; who is new is made once, however many of the orders are theirs, and
        joins `known`."""
        found = self._find(
            {key: order for key, order in orders.items() if identities[key] not in known}
        )
        first = {}  # identity, or key of a guest nobody can tell from others: key of the order
        for key in orders:
            if identities[key] not in known:
                first.setdefault(identities[key] or key, key)
        new = [key for key in first.values() if not found.get(key)]
        made = self.partners.create([self._prepare_buyer_values(orders[key]) for key in new])
        found.update(zip(new, made, strict=True))
        rows = [key for who, key in first.items() if who == identities[key]]
        known.update(self._note_customers(orders, identities, {key: found[key] for key in rows}))
        return {
            key: known[identities[key]].partner_id if identities[key] else found[key]
            for key in orders
        }

    def _note_customers(self, orders, identities, buyers):
        rows = self.env["merchantpro.customer"].create(
            [
                {
                    "shop_id": self.shop.id,
                    "external_id": orders[key].customer_id,
                    "identity": identities[key],
                    "partner_id": buyer.id,
                }
                for key, buyer in buyers.items()
            ]
        )
        return {row.identity: row for row in rows}

    def _find(self, orders):
        """{key: contact} this ERP already has of buyers who never ordered in the shop before."""
        companies = {key: self._vat(order) for key, order in orders.items() if self._vat(order)}
        people = {
            key: (order.email, phone)
            for key, order in orders.items()
            if not order.billing.is_company
            and order.email
            and (phone := self._phone(order.billing))
        }
        by_vat, by_mail = self._by_vat(set(companies.values())), self._by_mail(people.values())
        return {
            **{key: by_vat.get(vat) for key, vat in companies.items()},
            **{key: by_mail.get(who) for key, who in people.items()},
        }

    def _vat(self, order):
        """The valid VAT number of a company without its RO, or None."""
        number, valid = romania.vat_number(order.billing.vat, order.billing.country_code)
        return number.removeprefix("RO") if order.billing.is_company and valid else None

    def _search(self, domain):
        company = [("company_id", "in", (False, self.shop.company_id.id))]
        return self.partners.search([*domain, *company, ("parent_id", "=", False)])

    def _by_vat(self, numbers):
        if not numbers:
            return {}
        both = [each for number in numbers for each in (number, f"RO{number}")]
        found = {}
        for partner in self._search([("vat", "in", both)]):
            found.setdefault(partner.vat.removeprefix("RO"), partner)
        return found

    def _by_mail(self, people):
        mails = [mail for mail, _phone in people]
        if not mails:
            return {}
        found = {}
        for partner in self._search(
            [("email_normalized", "in", mails), ("is_company", "=", False)]
        ):
            found.setdefault((partner.email_normalized, partner.phone), partner)
        return found

    def _prepare_buyer_values(self, order):
        billing = order.billing
        number, valid = romania.vat_number(billing.vat, billing.country_code)
        values = {
            **self._prepare_address_values(billing),
            "name": billing.company or billing.name or order.email or order.id,
            "is_company": billing.is_company,
            "email": order.email,
            "company_id": self.shop.company_id.id,
            "customer_rank": 1,
        }
        if valid:
            values["vat"] = number
        elif number:
            # The law wants a valid number on the invoice, but the order must not wait for it.
            values["comment"] = self.env._("VAT number given by the buyer: %s", billing.vat)
        if billing.registry and "nrc" in self.partners._fields:
            values["nrc"] = billing.registry
        language = self.env["res.lang"]._get_code(order.language)
        if language:
            values["lang"] = language
        return values

    # Where

    def _addresses(self, orders, identities, known, buyers):
        """{key: (invoice address, delivery address)}: the buyer itself, a contact below it, or a
        new one."""
        below = {}
        for buyer in self.partners.union(*buyers.values()):
            for contact in reversed(buyer | buyer.child_ids):
                below[buyer, self._fingerprint_of(contact)] = contact
        wanted, new = {}, {}
        for key, order in orders.items():
            for kind, address in (("invoice", order.billing), ("delivery", order.shipping)):
                values = self._prepare_address_values(address)
                place = buyers[key], self._fingerprint(values)
                wanted[key, kind] = place
                if place not in below and place not in new:
                    new[place] = self._prepare_contact_values(buyers[key], kind, values)
        if new:
            owners = {buyer for buyer, _fingerprint in new}
            rows = [known[who] for key, who in identities.items() if who and buyers[key] in owners]
            # Two workers at once make one contact of a new address.
            touch(self.env["merchantpro.customer"].union(*rows))
            below.update(zip(new, self.partners.create(list(new.values())), strict=True))
        return {
            key: (below[wanted[key, "invoice"]], below[wanted[key, "delivery"]]) for key in orders
        }

    def _prepare_contact_values(self, buyer, kind, values):
        return {**values, "parent_id": buyer.id, "type": kind, "company_id": buyer.company_id.id}

    def _fingerprint_of(self, contact):
        values = {name: contact[name] for name in FINGERPRINT}
        return self._fingerprint(
            {**values, "state_id": contact.state_id.id, "country_id": contact.country_id.id}
        )

    def _fingerprint(self, values):
        text = [romania.fold(values[key] or "") for key in ("name", "street", "city", "zip")]
        return (*text, values["state_id"], values["country_id"], values["phone"] or "")

    def _prepare_address_values(self, address):
        """Values of an api Address; a county or sector that cannot be read stays as typed."""
        country = self.places.country(address)
        state = self.places.state(address, country)
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
            "phone": self.places.phone(address, country),
        }

    def _phone(self, address):
        return self.places.phone(address, self.places.country(address))
