"""Who is invoiced and where an order goes, as the buyer typed it. Nothing is corrected here."""

from dataclasses import dataclass, replace

from .fields import code, text

# Only the VAT number's key was seen in a real shop; the others are likely names. They stand
# behind "billing_", and the first one with a value wins.
COMPANY_KEYS = {
    "company": ("company_name", "company"),
    "vat": ("company_vat", "company_cui", "vat"),
    "registry": ("company_reg", "company_reg_no", "company_registration"),
}


@dataclass(frozen=True)
class Address:
    name: str
    company: str  # "" for a private person
    vat: str
    registry: str  # trade register number
    country_code: str  # ISO code, "" if not told
    state: str  # county
    district: str
    city: str
    street: str
    postal_code: str
    phone: str  # may hold two numbers
    bank_name: str = ""
    bank_account: str = ""

    @property
    def is_company(self):
        return bool(self.company)


def parse_addresses(record, company_keys=COMPANY_KEYS):
    """(billing, shipping) of an order's JSON object. An order without a place to deliver to
    (collected in the shop, or "same as billing") goes where the invoice goes. Raises ParseError."""
    billing = _address(record, "billing_", company_keys)
    billing = replace(
        billing, bank_name=text(record, "bank_name"), bank_account=text(record, "bank_account")
    )
    shipping = _address(record, "shipping_", company_keys)
    if not shipping.city and not shipping.street:
        return billing, billing
    phone = shipping.phone or billing.phone
    return billing, replace(shipping, name=shipping.name or billing.name, phone=phone)


def _address(record, prefix, company_keys):
    def first(*keys):
        return text(record, *(prefix + key for key in keys))

    vat = first(*company_keys["vat"])
    company = first(*company_keys["company"])
    name = first("name") or " ".join(filter(None, [first("first_name"), first("last_name")]))
    if not company and (vat or first("type") == "company"):
        company = name
    return Address(
        name=name or company,
        company=company,
        vat=vat,
        registry=first(*company_keys["registry"]),
        country_code=code(record, f"{prefix}country_code").upper(),
        state=first("state"),
        district=first("district"),
        city=first("city"),
        street=first("address"),
        postal_code=first("postal_code"),
        phone=first("phone"),
    )
