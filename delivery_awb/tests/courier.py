"""A courier for tests: it keeps what it made, and may be told to refuse, to be away, or to lose
its answer after it made the waybill."""

import contextlib
from unittest.mock import patch

from odoo.addons.delivery_awb.models import awb_errors

PDF = b"%PDF-1.4 label"
TYPE = "fixed"  # a delivery type that every database has


class Courier:
    def __init__(self):
        self.made = {}  # number: reference
        self.cancelled = []
        self.asked = []  # the calls, by name
        self.create_fails = self.find_fails = None
        self.label_fails = self.cancel_fails = self.status_fails = None
        self.pdf = PDF
        self.lose_answer = False
        self.states = {}

    # What delivery.carrier calls; `carrier` is the record

    def create(self, carrier, waybill):
        self.asked.append("create")
        if self.create_fails:
            raise self.create_fails
        number = f"T{1000 + self.asked.count('create') - 1}"
        self.made[number] = waybill._client_reference()
        if self.lose_answer:
            raise awb_errors.AwbUncertain("The answer was lost.")
        return self._answer(number)

    def find(self, carrier, waybill):
        self.asked.append("find")
        if self.find_fails:
            raise self.find_fails
        for number, reference in self.made.items():
            if reference == waybill._client_reference():
                return self._answer(number)
        return None

    def _answer(self, number):
        url = f"https://courier.example/{number}"
        return {"number": number, "cost": 12.5, "tracking_url": url, "parcels": [f"{number}001"]}

    def label(self, carrier, waybill):
        self.asked.append("label")
        if self.label_fails:
            raise self.label_fails
        return self.pdf

    def status(self, carrier, waybills):
        self.asked.append("status")
        if self.status_fails:
            raise self.status_fails
        return {each: self.states[each.number] for each in waybills if each.number in self.states}

    def cancel(self, carrier, waybill):
        self.asked.append("cancel")
        if self.cancel_fails:
            raise self.cancel_fails
        self.cancelled.append(waybill.number)

    @contextlib.contextmanager
    def working(self, registry):
        """While the block runs, carriers of a fixed price are of this courier."""
        carrier = registry["delivery.carrier"]
        with contextlib.ExitStack() as stack:
            for verb in ("create", "find", "label", "status", "cancel"):
                method = self._bound(getattr(self, verb))
                stack.enter_context(
                    patch.object(carrier, f"{TYPE}_awb_{verb}", method, create=True)
                )
            yield self

    def _bound(self, method):
        return lambda carrier, waybills: method(carrier, waybills)
