"""The shop's state: JSON documents and the call log in SQLite. One lock for everything, so a
request is a transaction."""

import contextlib
import json
import sqlite3
import threading

SCHEMA = """
CREATE TABLE IF NOT EXISTS document (
    position INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT, id TEXT, body TEXT, UNIQUE (kind, id)
);
CREATE INDEX IF NOT EXISTS document_created
    ON document (kind, sort_key(body, 'date_created'), position);
CREATE TABLE IF NOT EXISTS unit (id TEXT PRIMARY KEY, sku TEXT, ean TEXT, product_id TEXT);
CREATE INDEX IF NOT EXISTS unit_sku ON unit (sku);
CREATE INDEX IF NOT EXISTS unit_ean ON unit (ean);
CREATE INDEX IF NOT EXISTS unit_product ON unit (product_id);
CREATE TABLE IF NOT EXISTS call (id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT);
CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, value INTEGER);
"""
KEEP_CALLS = 20000


def sort_key(body, field):
    """A document's field as lists are ordered by it: its text, nothing and zero first. Not
    SQLite's own JSON, which refuses a NaN that the site may well send."""
    return str(json.loads(body).get(field) or "")


class Store:
    def __init__(self, path):
        self.lock = threading.RLock()
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._db.create_function("sort_key", 2, sort_key, deterministic=True)
        self._db.executescript(SCHEMA)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")

    def close(self):
        with self.lock:
            self._db.close()

    def copy(self):
        """A copy in memory, for `load`."""
        copy = sqlite3.connect(":memory:", check_same_thread=False)
        with self.lock:
            self._db.backup(copy)
        return copy

    def load(self, copy):
        with self.lock:
            copy.backup(self._db)

    def _rows(self, query, *values):
        with self.lock:
            return self._db.execute(query, values).fetchall()

    def get(self, kind, record_id):
        """The document, or None."""
        rows = self._rows(
            "SELECT body FROM document WHERE kind = ? AND id = ?", kind, str(record_id)
        )
        return json.loads(rows[0][0]) if rows else None

    def all(self, kind):
        """All documents of a kind, oldest first."""
        rows = self._rows("SELECT body FROM document WHERE kind = ? ORDER BY position", kind)
        return [json.loads(body) for (body,) in rows]

    def page(self, kind, start, limit, field=None, descending=False):
        """`limit` documents from number `start` on, ordered by `field`; equal ones, and all
        without a field, oldest first. Those of a large shop are not read for each page."""
        order = "position"
        if field:
            order = f"sort_key(body, '{field}') {'DESC' if descending else 'ASC'}, position"
        rows = self._rows(
            f"SELECT body FROM document WHERE kind = ? ORDER BY {order} LIMIT ? OFFSET ?",
            kind,
            limit,
            start,
        )
        return [json.loads(body) for (body,) in rows]

    def count(self, kind):
        return self._rows("SELECT count(*) FROM document WHERE kind = ?", kind)[0][0]

    @contextlib.contextmanager
    def transaction(self):
        """Many writes as one, which is much faster."""
        with self.lock, self._db:
            self._db.execute("BEGIN")
            yield

    def put(self, kind, record):
        """Write a document; products are also indexed by the codes of their units."""
        body = json.dumps(record)
        with self.lock:
            self._rows(
                "INSERT INTO document (kind, id, body) VALUES (?, ?, ?)"
                " ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body",
                kind,
                str(record["id"]),
                body,
            )
            if kind == "product":
                self._rows("DELETE FROM unit WHERE product_id = ?", str(record["id"]))
                for unit in [record, *record.get("variants", [])]:
                    self._rows(
                        "INSERT OR REPLACE INTO unit VALUES (?, ?, ?, ?)",
                        str(unit["id"]),
                        unit.get("sku"),
                        unit.get("ean"),
                        str(record["id"]),
                    )

    def delete(self, kind, record_id):
        with self.lock:
            self._rows("DELETE FROM document WHERE kind = ? AND id = ?", kind, str(record_id))
            if kind == "product":
                self._rows("DELETE FROM unit WHERE product_id = ?", str(record_id))

    def unit_keys(self, column, value):
        """(product id, unit id) of the first unit with this id, sku or ean; or None."""
        assert column in ("id", "sku", "ean")
        rows = self._rows(
            "SELECT unit.product_id, unit.id FROM unit JOIN document"
            " ON document.kind = 'product' AND document.id = unit.product_id"
            f" WHERE unit.{column} = ? ORDER BY document.position, unit.rowid LIMIT 1",
            str(value),
        )
        return rows[0] if rows else None

    def next_id(self, name, first):
        with self.lock:
            self._rows("INSERT OR IGNORE INTO counter VALUES (?, ?)", name, first - 1)
            self._rows("UPDATE counter SET value = value + 1 WHERE name = ?", name)
            return self._rows("SELECT value FROM counter WHERE name = ?", name)[0][0]

    def log(self, call):
        with self.lock:
            self._rows("INSERT INTO call (body) VALUES (?)", json.dumps(call))
            self._rows("DELETE FROM call WHERE id <= (SELECT max(id) FROM call) - ?", KEEP_CALLS)

    def calls(self):
        return [json.loads(body) for (body,) in self._rows("SELECT body FROM call ORDER BY id")]

    def clear_calls(self):
        self._rows("DELETE FROM call")
