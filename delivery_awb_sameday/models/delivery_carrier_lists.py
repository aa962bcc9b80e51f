"""What the contract has, read from the courier: services, pickup points, lockers."""

from odoo import models


class DeliveryCarrier(models.Model):
    _inherit = "delivery.carrier"

    def action_sameday_test(self):
        """Log in, and say what the contract has."""
        self.ensure_one()
        self.check_access("write")
        services = self._sameday_asked("services")
        names = ", ".join(sorted(str(row.get("name") or "") for row in services))
        return self._sameday_notice(self.env._("Connected. Services: %s", names))

    def action_sameday_read(self):
        """Read the lists; those of people's choices are chosen where there was no choice yet."""
        self.ensure_one()
        self.check_access("write")
        client = self._sameday()
        lists = [
            self._sameday_asked(method, client=client)
            for method in ("services", "pickup_points", "lockers", "points")
        ]
        carrier = self.sudo()
        carrier._sameday_keep_services(lists[0])
        carrier._sameday_keep_points(lists[1])
        lockers = self.env["sameday.locker"].sudo()
        lockers._store(self._sameday_server(), "easybox", _places(lists[2], "lockerId"))
        lockers._store(self._sameday_server(), "point", _places(lists[3], "oohId"))
        return self._sameday_notice(
            self.env._(
                "Services: %(services)s, pickup points: %(points)s, lockers and points:"
                " %(lockers)s.",
                services=len(lists[0]),
                points=len(lists[1]),
                lockers=len(lists[2]) + len(lists[3]),
            )
        )

    def _sameday_notice(self, message):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message,
                "type": "success",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _sameday_keep_services(self, rows):
        values = {}
        for row in rows:
            code, number = str(row.get("serviceCode") or ""), row.get("id")
            if code and isinstance(number, int):
                name = str(row.get("name") or code)
                values[code] = {"number": number, "name": name, "options": _options(row)}
        self._sameday_keep("sameday.service", [("carrier_id", "=", self.id)], "code", values)

    def _sameday_keep_points(self, rows):
        rows = {row["id"]: row for row in rows if isinstance(row.get("id"), int)}
        values = {
            number: {
                "name": str(row.get("alias") or row.get("address") or number),
                "address": str(row.get("address") or ""),
                "is_default": row.get("defaultPickupPoint") is True,
            }
            for number, row in rows.items()
        }
        mine = [("carrier_id", "=", self.id)]
        for point in self._sameday_keep("sameday.pickup.point", mine, "number", values):
            contacts = rows[point.number].get("pickupPointContactPerson")
            values = {
                row["id"]: {
                    "name": str(row.get("name") or row["id"]),
                    "phone": str(row.get("phoneNumber") or ""),
                    "is_default": row.get("defaultContactPerson") is True,
                }
                for row in (contacts if isinstance(contacts, list) else [])
                if isinstance(row, dict) and isinstance(row.get("id"), int)
            }
            mine = [("pickup_point_id", "=", point.id)]
            self._sameday_keep("sameday.contact", mine, "number", values)

    def _sameday_keep(self, model, mine, key, values):
        """Bring the records of `mine` to `values` by key; those that are not there any more are
        archived. Returns the ones that are."""
        records = self.env[model].with_context(active_test=False).search(mine)
        known = {record[key]: record for record in records}
        (records - self.env[model].union(*(known[each] for each in values if each in known))).write(
            {"active": False}
        )
        [(owner, _is, owner_id)] = mine
        kept = self.env[model]
        for each, row in values.items():
            if each in known:
                known[each].write({**row, "active": True})
            else:
                known[each] = kept.create({owner: owner_id, key: each, **row})
            kept |= known[each]
        return kept


def _options(row):
    """{"OPCG/0": number} of a service's options."""
    taxes = row.get("serviceOptionalTaxes")
    return {
        f"{tax['taxCode']}/{tax.get('packageType')}": tax["id"]
        for tax in (taxes if isinstance(taxes, list) else [])
        if isinstance(tax, dict) and tax.get("taxCode") and isinstance(tax.get("id"), int)
    }


def _places(rows, key):
    """Rows for sameday.locker, each code once."""
    places = {}
    for row in rows:
        if code := str(row.get(key) or ""):
            places[code] = {
                "code": code,
                "name": str(row.get("name") or code),
                "county": str(row.get("county") or ""),
                "city": str(row.get("city") or ""),
                "address": str(row.get("address") or ""),
                "postal_code": str(row.get("postalCode") or ""),
                "takes_payment": bool(row.get("supportedPayment")),
            }
    return list(places.values())
