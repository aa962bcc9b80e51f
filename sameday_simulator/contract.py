"""What the customer's contract has: services, pickup points, lockers and other places.

The numbers of a service's options differ from service to service, as the real ones do."""

from .places import CITIES, COUNTIES, county_json

SERVICES = {
    7: ("24H", "24", True),
    10: ("6H", "6H", False),
    15: ("Locker NextDay", "LN", False),
    48: ("PUDO NextDay", "PP", False),
}
PRICES = {7: 15.5, 10: 28.0, 15: 10.9, 48: 11.9}
PICKUP_POINTS = {
    139: ("Depozit", "Splaiul Independentei 319, OB17C", {145: "Ana Depozit", 146: "Dan Depozit"}),
    1641: ("Magazin", "Str. Horea 1", {1740: "Maria Magazin"}),
}


class Contract:
    def __init__(self, has_lockers=True, lockers=60):
        without = () if has_lockers else (15,)
        self.services = [self._service(key) for key in SERVICES if key not in without]
        self.taxes = {each["id"]: each["serviceOptionalTaxes"] for each in self.services}
        self.codes = {each["id"]: each["serviceCode"] for each in self.services}
        self.pickup_points = [self._pickup_point(key) for key in PICKUP_POINTS]
        self.contacts = {key: set(point[2]) for key, point in PICKUP_POINTS.items()}
        self.lockers = [_locker(number) for number in range(1, lockers + 1)]
        self.locker_by_id = {str(each["lockerId"]): each for each in self.lockers}
        self.ooh = [_ooh(number) for number in range(5001, 5011)]
        self.ooh_by_id = {str(each["oohId"]): each for each in self.ooh}

    def _service(self, key):
        name, code, default = SERVICES[key]
        options = [
            {"id": key * 10 + package, "name": "Deschidere Colet", "taxCode": "OPCG",
             "costType": "Fix", "tax": 2.0, "packageType": package}
            for package in (0, 1, 2)
        ]  # fmt: skip
        if code == "LN":
            options.append({**options[0], "id": 159, "name": "Predare in locker", "taxCode": "PDO"})
        return {
            "id": key,
            "name": name,
            "serviceCode": code,
            "deliveryType": {"id": 2, "name": "NextDay"},
            "defaultServices": default,
            "serviceOptionalTaxes": options,
        }

    def _pickup_point(self, key):
        alias, address, contacts = PICKUP_POINTS[key]
        first = min(contacts)
        return {
            "id": key,
            "country": {"id": 187, "name": "Romania", "code": "RO"},
            "county": county_json(1),
            "city": {"id": 6, "name": "Sector 6", "extraKM": 0},
            "address": address,
            "defaultPickupPoint": key == 139,
            "pickupPointContactPerson": [
                {"id": number, "name": name, "phoneNumber": "021.637.06.60",
                 "defaultContactPerson": number == first}
                for number, name in contacts.items()
            ],
            "alias": alias,
            "status": True,
        }  # fmt: skip


def _place(number):
    _id, city, county, postal_code = CITIES[number % len(CITIES)]
    return {
        "county": COUNTIES[county][0],
        "city": city,
        "address": f"Str. Principala nr. {number}",
        "postalCode": postal_code,
        "lat": f"{44 + number / 10000:.6f}",
        "lng": f"{26 + number / 10000:.6f}",
        "supportedPayment": number % 2,
        "clientVisible": 1,
        "schedule": [
            {"day": day, "openingHour": "00:00", "closingHour": "23:59"} for day in range(1, 8)
        ],
    }


def _locker(number):
    return {
        "lockerId": number,
        "name": f"easybox {number}",
        **_place(number),
        "availableBoxes": [{"size": "S", "number": 15}, {"size": "M", "number": 9}],
    }


def _ooh(number):
    return {"oohId": number, "oohType": 1, "name": f"Punct {number}", **_place(number)}
