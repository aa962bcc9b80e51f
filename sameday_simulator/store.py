"""What the courier knows: waybills, what happened to them, and the tokens it gave, in SQLite. One
lock for everything, so a request is a transaction."""

import json
import sqlite3
import threading

SCHEMA = """
CREATE TABLE IF NOT EXISTS awb (number TEXT PRIMARY KEY, reference TEXT, body TEXT);
CREATE INDEX IF NOT EXISTS awb_reference ON awb (reference);
CREATE TABLE IF NOT EXISTS event (
    id INTEGER PRIMARY KEY AUTOINCREMENT, number TEXT, at REAL, body TEXT
);
CREATE INDEX IF NOT EXISTS event_number ON event (number);
CREATE INDEX IF NOT EXISTS event_at ON event (at);
CREATE TABLE IF NOT EXISTS token (token TEXT PRIMARY KEY, expires REAL);
CREATE TABLE IF NOT EXISTS call (id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT);
"""
WAYBILLS = ("awb", "event", "call")


class Store:
    def __init__(self, path):
        self.lock = threading.RLock()
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._db.executescript(SCHEMA)
        self._db.execute("PRAGMA synchronous = OFF")

    def close(self):
        with self.lock:
            self._db.close()

    def clear(self):
        with self.lock:
            self.forget_waybills()
            self.forget_tokens()

    def forget_waybills(self):
        """And what was asked; who is logged in stays so."""
        with self.lock:
            for table in WAYBILLS:
                self._db.execute(f"DELETE FROM {table}")

    def _rows(self, query, *values):
        with self.lock:
            return self._db.execute(query, values).fetchall()

    # Waybills

    def put(self, awb):
        self._rows(
            "INSERT INTO awb VALUES (?, ?, ?)"
            " ON CONFLICT (number) DO UPDATE SET body = excluded.body",
            awb["number"],
            awb["reference"],
            json.dumps(awb),
        )

    def get(self, number):
        rows = self._rows("SELECT body FROM awb WHERE number = ?", number)
        return json.loads(rows[0][0]) if rows else None

    def awbs(self):
        """All waybills, oldest first."""
        return [json.loads(body) for (body,) in self._rows("SELECT body FROM awb ORDER BY rowid")]

    def count(self, reference=None):
        if reference is None:
            return self._rows("SELECT count(*) FROM awb")[0][0]
        return self._rows("SELECT count(*) FROM awb WHERE reference = ?", reference)[0][0]

    # What happened to them

    def add_event(self, number, at, event):
        body = json.dumps(event)
        self._rows("INSERT INTO event (number, at, body) VALUES (?, ?, ?)", number, at, body)

    def events(self, number):
        """(time, event) of a waybill, oldest first."""
        rows = self._rows("SELECT at, body FROM event WHERE number = ? ORDER BY id", number)
        return [(at, json.loads(body)) for at, body in rows]

    def events_between(self, start, end):
        """(number, time, event), newest first."""
        rows = self._rows(
            "SELECT number, at, body FROM event WHERE at >= ? AND at < ? ORDER BY id DESC",
            start,
            end,
        )
        return [(number, at, json.loads(body)) for number, at, body in rows]

    # Who may call, and who did

    def add_token(self, token, expires):
        self._rows("INSERT INTO token VALUES (?, ?)", token, expires)

    def token_is_good(self, token, now):
        return bool(
            self._rows("SELECT 1 FROM token WHERE token = ? AND expires > ?", token or "", now)
        )

    def forget_tokens(self):
        self._rows("DELETE FROM token")

    def log(self, call):
        self._rows("INSERT INTO call (body) VALUES (?)", json.dumps(call))

    def calls(self):
        return [json.loads(body) for (body,) in self._rows("SELECT body FROM call ORDER BY id")]

    def clear_calls(self):
        self._rows("DELETE FROM call")
