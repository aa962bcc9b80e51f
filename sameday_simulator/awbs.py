"""Waybills: made once for each reference, moved on step by step, and what is told of them."""

import datetime
import re
import zoneinfo

from . import contract, places
from .forms import items
from .validation import check, number

ZONE = zoneinfo.ZoneInfo("Europe/Bucharest")
# By name: statusId, status, statusLabel, statusState
STEPS = {
    "issued": (1, "AWB Emis", "Document de transport emis", "Comanda curier primita"),
    "picked_up": (4, "Ridicata de la expeditor", "Colet ridicat", "Colete ridicate"),
    "in_transit": (7, "In drum spre hub", "In tranzit spre depozit", "Coletul este in tranzit"),
    "out": (33, "In livrare la curier", "In livrare la curier", "Colete in curs de livrare"),
    "at_point": (78, "Incarcat in easybox", "Colet depus in easybox", "Asteapta ridicarea"),
    "delivered": (9, "Livrata cu succes", "Colet livrat", "Colete livrate"),
    "refused": (6, "Refuzat de destinatar", "Colet refuzat", "Colete in retur"),
    "returning": (16, "In retur la expeditor", "Colet in retur", "Colete in retur"),
    "returned": (17, "Returnat expeditorului", "Colet returnat", "Colete returnate"),
    "cancelled": (2, "Expeditie anulata", "Expeditie anulata", "Expeditii anulate"),
}
FOLLOWING = {
    "issued": ("picked_up", "cancelled"),
    "picked_up": ("in_transit",),
    "in_transit": ("out", "at_point"),
    "out": ("delivered", "refused"),
    "at_point": ("delivered", "returning"),
    "refused": ("returning",),
    "returning": ("returned",),
}
GOING_BACK = ("refused", "returning", "returned")


class Awbs:
    def __init__(self, store, terms, clock):
        self._store, self._contract, self._clock = store, terms, clock

    # Made, changed, cancelled

    def errors(self, form):
        return check(form, self._contract, lambda reference: not self._store.count(reference))

    def cost(self, form):
        """Lei, without VAT."""
        weight = number(form.get("packageWeight")) or 0
        collecting = 3.0 if number(form.get("cashOnDelivery")) else 0.0
        per_kilogram = max(weight - 1, 0) * 1.2
        return round(contract.PRICES[int(form["service"])] + per_kilogram + collecting, 2)

    def create(self, form):
        """The waybill of a form without errors. Its reference is taken for good, even when it
        is cancelled later."""
        with self._store.lock:
            number_of = f"1SDY{self._store.count() + 241067423}"
            recipient = form["awbRecipient"]
            awb = {
                "number": number_of,
                "reference": form.get("clientInternalReference") or None,
                "cost": self.cost(form),
                "parcels": [f"{number_of}{n + 1:03}" for n in range(len(items(form, "parcels")))],
                "county": places.COUNTIES[places.county_id(recipient)][0],
                "cod": number(form["cashOnDelivery"]),
                "weight": number(form["packageWeight"]),
                "step": "issued",
                "attempts": 0,
                "form": form,
            }
            self._store.put(awb)
            self._note(awb, "issued")
        return awb

    def update_cod(self, awb, amount):
        awb["cod"] = amount
        self._store.put(awb)

    def move(self, awb, step, reason=""):
        """The next thing that happens to a parcel; any step of STEPS."""
        awb["step"] = step
        awb["attempts"] += step in ("delivered", "refused")
        self._store.put(awb)
        self._note(awb, step, reason)

    def _note(self, awb, step, reason=""):
        at = self._clock()
        self._store.add_event(awb["number"], at, self._event(awb, step, at, reason))

    def _event(self, awb, step, at, reason):
        status_id, status, label, state = STEPS[step]
        return {
            "statusId": status_id,
            "status": status,
            "statusLabel": label,
            "statusState": state,
            "statusDate": moment(at),
            "county": awb["county"],
            "reason": reason,
            "transitLocation": "",
        }

    # What is told

    def status(self, awb):
        events = self._store.events(awb["number"])
        arrived = awb["step"] in ("delivered", "returned")
        at, last = events[-1]
        parcels = [
            {**last, "parcelAwbNumber": parcel, "inReturn": awb["step"] in GOING_BACK,
             "parcelDetails": f"/api/client/parcel/{parcel}/status-history"}
            for parcel in awb["parcels"]
        ]  # fmt: skip
        return {
            "expeditionSummary": {
                "delivered": arrived,
                "canceled": awb["step"] == "cancelled",
                "deliveredAt": moment(at) if arrived else "",
                "lastDeliveryAttempt": "",
                "deliveryAttempts": awb["attempts"],
                "redirectionsAttempts": 0,
                "servicePayment": 0.0,
                "awbWeight": awb["weight"],
                "cashOnDelivery": awb["cod"],
                "awbNumber": awb["number"],
            },
            "expeditionStatus": last,
            "parcelsStatus": parcels,
            "expeditionHistory": [event for _at, event in reversed(events)],
        }

    def sync(self, start, end):
        """What happened between two times, a row for each parcel, newest first."""
        rows = []
        for number_of, _at, event in self._store.events_between(start, end):
            for parcel in self._store.get(number_of)["parcels"]:
                rows.append({**event, "reasonId": "", "parcelAwbNumber": parcel})
        return rows


def moment(at):
    return re.sub(
        r"(\d\d)(\d\d)$", r"\1:\2", datetime.datetime.fromtimestamp(at, ZONE).strftime("%FT%T%z")
    )
