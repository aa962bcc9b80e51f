"""Lockers (easybox) and other places where buyers fetch their parcels: some seven thousand, the
same for all accounts of a server, written with one statement."""

import re

from odoo import api, fields, models
from odoo.tools import SQL

COLUMNS = ("name", "county", "city", "address", "postal_code", "takes_payment")


class SamedayLocker(models.Model):
    _name = "sameday.locker"
    _description = "Locker or Point of Sameday"
    _order = "county, city, name, id"
    _rec_names_search = ["name", "code", "city", "address"]

    server = fields.Char(required=True, readonly=True)
    kind = fields.Selection(
        [("easybox", "Locker (easybox)"), ("point", "Point")], required=True, readonly=True
    )
    code = fields.Char(required=True, readonly=True)
    active = fields.Boolean(default=True, readonly=True)
    name = fields.Char(required=True, readonly=True)
    county = fields.Char(readonly=True)
    city = fields.Char(readonly=True)
    address = fields.Char(readonly=True)
    postal_code = fields.Char(readonly=True)
    takes_payment = fields.Boolean(string="Card Payment", readonly=True)

    _code_uniq = models.UniqueIndex("(server, kind, code)")

    @api.depends("name", "city")
    def _compute_display_name(self):
        for locker in self:
            locker.display_name = ", ".join(filter(None, (locker.name, locker.city)))

    @api.model
    def _find(self, server, code):
        """The place with this code; the site may write it as "easybox 123" or "LN-123"."""
        wanted = (code or "").strip()
        numbers = re.findall(r"\d+", wanted)
        codes = [wanted, *(numbers if len(numbers) == 1 else ())]
        found = self.search([("server", "=", server), ("code", "in", codes)], order="kind")
        return found[:1]

    @api.model
    def _store(self, server, kind, rows):
        """Keep these rows (dicts of COLUMNS and `code`), and archive those of this kind that are
        not among them. What did not change is not written."""
        values = [(server, kind, row["code"], *(row[name] for name in COLUMNS)) for row in rows]
        if not values:
            return
        names = SQL(", ").join(map(SQL.identifier, COLUMNS))
        changed = SQL(", ").join(
            SQL("%s = EXCLUDED.%s", SQL.identifier(name), SQL.identifier(name)) for name in COLUMNS
        )
        theirs = SQL(", ").join(SQL.identifier("excluded", name) for name in COLUMNS)
        ours = SQL(", ").join(SQL.identifier("sameday_locker", name) for name in COLUMNS)
        self.env.cr.execute(
            SQL(
                "INSERT INTO sameday_locker (server, kind, code, %s, active)"
                " SELECT *, true FROM (VALUES %s) AS rows"
                " ON CONFLICT (server, kind, code) DO UPDATE SET %s, active = true"
                " WHERE (%s, true) IS DISTINCT FROM (%s, sameday_locker.active)",
                names,
                SQL(", ").join(SQL("%s", value) for value in values),
                changed,
                theirs,
                ours,
            )
        )
        self.env.cr.execute(
            SQL(
                "UPDATE sameday_locker SET active = false"
                " WHERE server = %s AND kind = %s AND active AND code <> ALL(%s)",
                server,
                kind,
                [row["code"] for row in rows],
            )
        )
        self.invalidate_model()
