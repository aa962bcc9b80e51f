"""What the courier refuses of a new waybill, in the tree it answers with: each field has its place
below "children", an empty list when nothing is wrong with it."""

from . import places
from .forms import items

WRONG, BLANK = "This value is not valid.", "This value should not be blank."
FIELDS = (
    "pickupPoint", "contactPerson", "packageType", "packageNumber", "packageWeight", "service",
    "awbPayment", "cashOnDelivery", "insuredValue", "thirdPartyPickup", "serviceTaxes",
    "awbRecipient", "parcels", "clientInternalReference", "lockerLastMile", "oohLastMile",
    "observation", "currency",
)  # fmt: skip
RECIPIENT = ("name", "phoneNumber", "address", "personType", "city", "cityString", "county",
             "countyString", "postalCode", "email", "companyName")  # fmt: skip


class Errors:
    """Messages by path."""

    def __init__(self):
        self.found = {}

    def add(self, path, message=WRONG):
        self.found.setdefault(path, []).append(message)

    def tree(self):
        """As the form library of the real one prints it."""
        children = {field: [] for field in FIELDS}
        for path, messages in self.found.items():
            below, parts = children, path.split(".")
            for part in parts[:-1]:
                known = RECIPIENT if part == "awbRecipient" else ()
                if not below.get(part):
                    below[part] = {"children": {name: [] for name in known}}
                below = below[part]["children"]
            below[parts[-1]] = {"errors": messages}
        return {"code": 400, "message": "Validation Failed", "errors": {"children": children}}


def number(value):
    """The value as a number, None when it is none or negative."""
    try:
        parsed = float(value)
    except (TypeError, ValueError):
        return None
    return parsed if 0 <= parsed < 10**7 else None


def check(form, contract, is_new_reference):
    """The errors of a form."""
    errors = Errors()
    service = form.get("service", "")
    known = service.isdigit() and int(service) in contract.codes
    if not known:
        errors.add("service")
    _check_sender(form, contract, errors)
    _check_parcels(form, errors)
    _check_recipient(form.get("awbRecipient"), errors)
    if known:
        _check_service(form, int(service), contract, errors)
    reference = form.get("clientInternalReference")
    if reference and not is_new_reference(reference):
        errors.add("clientInternalReference", "awb.not_unique")
    return errors


def _check_sender(form, contract, errors):
    point = form.get("pickupPoint", "")
    contacts = contract.contacts.get(int(point)) if point.isdigit() else None
    if contacts is None:
        errors.add("pickupPoint")
    contact = form.get("contactPerson", "")
    if contact and (not contact.isdigit() or int(contact) not in (contacts or ())):
        errors.add("contactPerson")
    if form.get("awbPayment") != "1":
        errors.add("awbPayment")
    if form.get("packageType") not in ("0", "1", "2"):
        errors.add("packageType")
    for amount in ("cashOnDelivery", "insuredValue"):
        if number(form.get(amount)) is None:
            errors.add(amount)


def _check_parcels(form, errors):
    parcels = items(form, "parcels")
    if not parcels or form.get("packageNumber") != str(len(parcels)):
        errors.add("packageNumber")
    weights = []
    for place, parcel in enumerate(parcels):
        weights.append(number(parcel.get("weight") if isinstance(parcel, dict) else None))
        if not weights[-1]:
            errors.add(f"parcels.{place}.weight", "This value should be greater than 0.")
    if not number(form.get("packageWeight")):
        errors.add("packageWeight", "This value should be greater than 0.")


def _check_recipient(recipient, errors):
    recipient = recipient if isinstance(recipient, dict) else {}
    for field in ("name", "phoneNumber", "address"):
        if not recipient.get(field, "").strip():
            errors.add(f"awbRecipient.{field}", BLANK)
    phone = "".join(filter(str.isdigit, recipient.get("phoneNumber", "")))
    if phone and not 10 <= len(phone) <= 15:
        errors.add("awbRecipient.phoneNumber")
    # The county is checked; any city is taken, and routed by the text of the address.
    if places.county_id(recipient) is None:
        errors.add(
            "awbRecipient.county" if recipient.get("county") else "awbRecipient.countyString"
        )
    if not recipient.get("city") and not recipient.get("cityString", "").strip():
        errors.add("awbRecipient.cityString", BLANK)
    if recipient.get("personType") == "1" and not recipient.get("companyName", "").strip():
        errors.add("awbRecipient.companyName", BLANK)


def _check_service(form, service, contract, errors):
    code = contract.codes[service]
    if code == "LN" and form.get("lockerLastMile") not in contract.locker_by_id:
        errors.add("lockerLastMile")
    if code == "PP" and form.get("oohLastMile") not in contract.ooh_by_id:
        errors.add("oohLastMile")
    allowed = set()
    for tax in contract.taxes[service]:
        if str(tax["packageType"]) == form.get("packageType"):
            allowed |= {str(tax["id"]), tax["taxCode"]}
    if not set(items(form, "serviceTaxes")) <= allowed:
        errors.add("serviceTaxes")
