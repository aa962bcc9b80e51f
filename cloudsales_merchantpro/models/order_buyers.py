"""The buyers of several orders and their addresses, found together and made together.

A company is known by its VAT number, a private person by the shop's customer id, then by e-mail
together with phone, as a guest is. One account of the shop may order for itself and for several
companies: these are different buyers. Nothing of an existing contact is overwritten; another
address becomes a contact below it, once. Where several contacts here may be the buyer, a person
chooses, and the choice is remembered.
"""

from odoo.tools import plaintext2html

from ..api import romania
from .concurrency import touch
from .order_outcomes import OrderHeld, OrdersHeld
from .order_places import Places

FINGERPRINT = ("name", "street", "city", "zip", "state_id", "country_id", "phone")


class Buyers:
    """`shop` in an environment that may read and make contacts."""

    def __init__(self, shop):
        self.shop = shop
        self.env = shop.env
        self.partners = shop.env["res.partner"]
        self.places = Places(shop.env)

    def of(self, orders):
        """{key: (buyer, invoice address, delivery address)} for {key: api Order}. Raises
        OrdersHeld for those whose buyer a person has to choose."""
        buyers = self._buyers(orders)
        addresses = self._addresses(orders, buyers)
        return {key: (buyers[key], *addresses[key]) for key in orders}

    # Who

    def identities(self, order):
        """Who the buyer of an api Order is, as texts, the surest first; none for a guest whom
        nobody can tell from others. An `account:` is the shop's, the others the company's."""
        billing = order.billing
        vat = self._vat(order)
        if vat:
            return [f"vat:{vat}"]
        if billing.is_company:
            name = romania.fold(billing.company)
            return [f"account:{order.customer_id}:{name}"] if order.customer_id else []
        account = [f"account:{order.customer_id}"] if order.customer_id else []
        phone = self.places.phone(billing)
        return account + ([f"guest:{order.email}:{phone}"] if order.email and phone else [])

    def known(self, names):
        """{identity: merchantpro.customer} of those who ordered before."""
        rows = self.env["merchantpro.customer"].search(
            [
                ("company_id", "=", self.shop.company_id.id),
                ("identity", "in", names),
                "|",
                ("shop_id", "=", self.shop.id),
                ("identity", "not like", "account:%"),
            ]
        )
        return {row.identity: row for row in rows}

    def _buyers(self, orders):
        """{key: contact}; who is new is made once, however many of the orders are theirs."""
        names = {key: self.identities(order) for key, order in orders.items()}
        known = self.known([name for each in names.values() for name in each])
        unknown = {key: order for key, order in orders.items() if not known.keys() & names[key]}
        found = self._find(unknown)
        self._check_one_each(found, names)
        first = self._first_of_each(unknown, names)
        new = [key for key in dict.fromkeys(first.values()) if not found.get(key)]
        made = self.partners.create([self._prepare_buyer_values(orders[key]) for key in new])
        found.update(zip(new, made, strict=True))
        buyers = {
            key: found[first[key]]
            if key in first
            else next(known[name] for name in names[key] if name in known).partner_id
            for key in orders
        }
        self._note_customers(orders, names, known, buyers, new)
        return buyers

    def _first_of_each(self, orders, names):
        """{key: key of the first order of the same buyer}."""
        owners, first = {}, {}
        for key in orders:
            first[key] = next((owners[name] for name in names[key] if name in owners), key)
            for name in names[key]:
                owners.setdefault(name, first[key])
        return first

    def _note_customers(self, orders, names, known, buyers, new):
        """Remember who ordered. Of a new contact all that tells who it is: two shops of a company
        that meet the same buyer at once write the same row, and the later one begins again."""
        rows = {}
        for key in orders:
            for name in names[key] if key in new else names[key][:1]:
                if name not in known:
                    rows.setdefault(
                        name, self._prepare_customer_values(orders[key], name, buyers[key])
                    )
        self.env["merchantpro.customer"].create(list(rows.values()))

    def _prepare_customer_values(self, order, name, buyer):
        return {
            "shop_id": self.shop.id,
            "external_id": order.customer_id,
            "identity": name,
            "partner_id": buyer.id,
        }

    def choose(self, order, buyer):
        """From now on `buyer` is who an api Order is of."""
        names = self.identities(order)
        known = self.known(names)
        self.env["merchantpro.customer"].union(*known.values()).partner_id = buyer
        self._note_customers({0: order}, {0: names}, known, {0: buyer}, [0])

    def _check_one_each(self, found, names):
        several = {
            key: contacts for key, contacts in found.items() if contacts and len(contacts) > 1
        }
        if not several:
            return
        raise OrdersHeld(
            {
                key: OrderHeld(
                    self.env._(
                        "Several contacts may be the buyer: %s. Choose the customer.",
                        ", ".join(contacts.mapped("display_name")),
                    ),
                    [
                        *(f"buyer:{name}" for name in names[key]),
                        *(f"contact:{contact.id}" for contact in contacts),
                    ],
                    kind="customer",
                )
                for key, contacts in several.items()
            }
        )

    def _find(self, orders):
        """{key: contacts} this ERP already has of buyers who never ordered before."""
        companies = {key: vat for key, order in orders.items() if (vat := self._vat(order))}
        people = {
            key: (order.email, phone)
            for key, order in orders.items()
            if not order.billing.is_company
            and order.email
            and (phone := self.places.phone(order.billing))
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
        return self._search([("vat", "in", both)]).grouped(
            lambda partner: partner.vat.removeprefix("RO")
        )

    def _by_mail(self, people):
        mails = [mail for mail, _phone in people]
        if not mails:
            return {}
        found = self._search([("email_normalized", "in", mails), ("is_company", "=", False)])
        return found.grouped(
            lambda partner: (partner.email_normalized, partner.phone_sanitized or partner.phone)
        )

    def _prepare_buyer_values(self, order):
        billing = order.billing
        number, valid = romania.vat_number(billing.vat, billing.country_code)
        values = {
            **self.places.values(billing),
            "name": billing.company or billing.name or order.email or order.id,
            "is_company": billing.is_company,
            "email": order.email,
            "company_id": self.shop.company_id.id,
            "customer_rank": 1,
        }
        if valid:
            values["vat"] = number
        has_registry = "nrc" in self.partners._fields
        if billing.registry and has_registry:
            values["nrc"] = billing.registry
        language = self.env["res.lang"]._get_code(order.language)
        if language:
            values["lang"] = language
        remarks = [*self._remarks(billing, valid, has_registry), *self._other_phones(billing)]
        if remarks:
            values["comment"] = plaintext2html("\n".join(remarks))
        return values

    def _remarks(self, billing, valid, has_registry):
        """What the buyer told and no field of a contact has a place for."""
        if billing.vat and not valid:
            # The law wants a valid number on the invoice, but the order must not wait for it.
            yield self.env._("VAT number given by the buyer: %s", billing.vat)
        if billing.registry and not has_registry:
            yield self.env._("Trade register number: %s", billing.registry)

    def _other_phones(self, address):
        others = self.places.other_phones(address)
        return [self.env._("Other phone: %s", ", ".join(others))] if others else []

    def doubts(self, order):
        """What is uncertain about the buyer and the addresses of an api Order, in words."""
        billing, shipping = order.billing, order.shipping
        number, valid = romania.vat_number(billing.vat, billing.country_code)
        lines = []
        if billing.is_company and not number:
            lines.append(self.env._("Company without a VAT number: %s.", billing.company))
        elif number and not valid:
            lines.append(self.env._("The VAT number %s could not be confirmed.", billing.vat))
        where = self.env._("Invoice address") if shipping != billing else self.env._("Address")
        lines += [f"{where}: {each}." for each in self.places.doubts(billing)]
        if shipping != billing:
            where = self.env._("Delivery address")
            lines += [f"{where}: {each}." for each in self.places.doubts(shipping)]
        return lines

    # Where

    def _addresses(self, orders, buyers):
        """{key: (invoice address, delivery address)}: the buyer itself, a contact below it, or a
        new one."""
        below = {}
        for buyer in self.partners.union(*buyers.values()):
            for contact in reversed(buyer | buyer.child_ids):
                below[buyer, self._fingerprint_of(contact)] = contact
        wanted, new = {}, {}
        for key, order in orders.items():
            for kind, address in (("invoice", order.billing), ("delivery", order.shipping)):
                values = self.places.values(address)
                place = buyers[key], self._fingerprint(values)
                wanted[key, kind] = place
                if place not in below and place not in new:
                    new[place] = self._prepare_contact_values(buyers[key], kind, values, address)
        if new:
            # Two workers at once, of whichever shop, make one contact of a new address.
            touch(self.partners.union(*(buyer for buyer, _fingerprint in new)))
            below.update(zip(new, self.partners.create(list(new.values())), strict=True))
        return {
            key: (below[wanted[key, "invoice"]], below[wanted[key, "delivery"]]) for key in orders
        }

    def _prepare_contact_values(self, buyer, kind, values, address):
        remarks = self._other_phones(address)
        comment = {"comment": plaintext2html(remarks[0])} if remarks else {}
        company = buyer.company_id.id
        return {**values, **comment, "parent_id": buyer.id, "type": kind, "company_id": company}

    def _fingerprint_of(self, contact):
        values = {name: contact[name] for name in FINGERPRINT}
        return self._fingerprint(
            {**values, "state_id": contact.state_id.id, "country_id": contact.country_id.id}
        )

    def _fingerprint(self, values):
        text = [romania.fold(values[key] or "") for key in ("name", "street", "city", "zip")]
        return (*text, values["state_id"], values["country_id"], values["phone"] or "")
