"""Addresses as contacts keep them, and what in them a person should look at.

What cannot be read for sure stays as it was typed, and is told as a doubt. Countries, counties
and numbers are looked up once for all orders of a batch.
"""

from odoo.exceptions import UserError

from odoo.addons.phone_validation.tools.phone_validation import phone_format

from ..api import romania


class Places:
    def __init__(self, env):
        self.env = env
        self._countries, self._states, self._phones = {}, {}, {}

    def values(self, address):
        """Values of a contact from an api Address."""
        country = self.country(address)
        state = self._state(address, country)
        city = address.city
        if self._in_bucharest(country, state):
            number = self._sector(address)
            city = f"Sector {number}" if number else address.city
        return {
            "name": address.company or address.name or address.phone or "-",
            "street": address.street,
            "street2": address.state if address.state and not state else False,
            "city": city,
            "zip": address.postal_code,
            "state_id": state.id,
            "country_id": country.id,
            "phone": self.phone(address),
        }

    def country(self, address):
        code = address.country_code or "RO"
        if code not in self._countries:
            countries = self.env["res.country"]
            self._countries[code] = countries.search([("code", "=", code)], limit=1)
        return self._countries[code]

    def phone(self, address):
        """The number to call first: E.164 where one can be understood, else as typed."""
        numbers = self._numbers(address)
        return numbers[0][0] if numbers else False

    def other_phones(self, address):
        return [number for number, _sure in self._numbers(address)[1:]]

    def _numbers(self, address):
        """[(number, whether it is one)] of a field that may hold two, real ones first."""
        country = self.country(address)
        key = address.phone, country
        if key not in self._phones:
            numbers = [self._number(typed, country) for typed in romania.phones(address.phone)]
            self._phones[key] = sorted(dict.fromkeys(numbers), key=lambda each: not each[1])
        return self._phones[key]

    def _number(self, typed, country):
        try:
            number = phone_format(
                typed, country.code or "RO", country.phone_code or 40, force_format="E164"
            )
        except UserError:  # told as a doubt
            return typed, False
        return number, True

    def _state(self, address, country):
        if country not in self._states:
            self._states[country] = {
                name: state
                for state in country.state_ids
                for name in (romania.fold(state.name), state.code.lower())
            }
        city = address.city if country.code == "RO" else ""
        none = self.env["res.country.state"]
        return self._states[country].get(romania.county(address.state, city), none)

    def _in_bucharest(self, country, state):
        return country.code == "RO" and state.code == "B"

    def _sector(self, address):
        parts = (address.district, address.state, address.city, address.street)
        return romania.sector(*parts, address.postal_code)

    # Doubts

    def doubts(self, address):
        """What is uncertain about an api Address, in words."""
        country = self.country(address)
        return [
            *self._doubts_of_country(address, country),
            *self._doubts_of_state(address, self._state(address, country), country),
            *self._doubts_of_phone(address),
        ]

    def _doubts_of_country(self, address, country):
        if not country:
            yield self.env._("the country “%s” is unknown", address.country_code)
        elif not address.country_code:
            yield self.env._("no country is told; %s was taken", country.name)
        code = address.postal_code
        if code and country.code == "RO" and not (len(code) == 6 and code.isdigit()):
            yield self.env._("the postal code “%s” has not six digits", code)
        if not address.city or not address.street:
            yield self.env._("the address is incomplete")

    def _doubts_of_state(self, address, state, country):
        if not state:
            if address.state and country.state_ids:
                yield self.env._("the county “%s” is unknown", address.state)
            elif country.code == "RO":
                yield self.env._("no county is told")
            return
        postal = romania.postal_sector(address.postal_code)
        if not self._in_bucharest(country, state):
            if country.code == "RO" and romania.is_bucharest(address.city):
                yield self.env._(
                    "%(city)s is not in %(county)s", city=address.city, county=state.name
                )
            return
        number = self._sector(address)
        if not number:
            yield self.env._("no sector of București is told; an e-Factura needs it")
        elif postal and postal != number:
            yield self.env._(
                "sector %(sector)s is told, but the postal code %(code)s is of another one",
                sector=number,
                code=address.postal_code,
            )

    def _doubts_of_phone(self, address):
        numbers = self._numbers(address)
        if not numbers:
            yield self.env._("no phone number is told")
        for number, sure in numbers:
            if not sure:
                yield self.env._("“%s” is not a phone number", number)
        if len(numbers) > 1:
            others = ", ".join(self.other_phones(address))
            yield self.env._("there is another phone number: %s", others)
