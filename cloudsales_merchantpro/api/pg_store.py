"""The limiter's store in PostgreSQL, shared by all processes and servers of a database.

The last calls are kept in a ring: call number n lies in slot n modulo the ring's
size, so nothing ever has to be cleaned up. The clock is the database server's.
"""

import contextlib
import hashlib
import json

from .limits import Bucket
from .turns import Turns

SCHEMA = """
CREATE TABLE IF NOT EXISTS merchantpro_rate_bucket (
    bucket varchar PRIMARY KEY,
    sequence bigint NOT NULL DEFAULT 0,
    closed_until double precision NOT NULL DEFAULT 0,
    turns jsonb NOT NULL DEFAULT '{}'
);
ALTER TABLE merchantpro_rate_bucket
    ADD COLUMN IF NOT EXISTS turns jsonb NOT NULL DEFAULT '{}', DROP COLUMN IF EXISTS waiting;
CREATE TABLE IF NOT EXISTS merchantpro_rate_call (
    bucket varchar NOT NULL,
    slot integer NOT NULL,
    number bigint NOT NULL,
    called_at double precision NOT NULL,
    PRIMARY KEY (bucket, slot)
);
"""


def bucket_name(base_url, key):
    """One budget for each key of a shop; the key itself is not stored."""
    return hashlib.sha256(f"{base_url}\n{key}".encode()).hexdigest()[:32]


class PostgresStore:
    """`open_cursor()` gives a context manager of a cursor in a transaction of its own,
    committed when the block ends well."""

    def __init__(self, open_cursor, bucket, memory=60000):
        self._open_cursor = open_cursor
        self._name = bucket
        self._memory = memory
        self._cursor = None

    @contextlib.contextmanager
    def locked(self):
        with self._open_cursor() as cursor:
            # The row lock must show what the process before us wrote, and a snapshot
            # taken before the lock was granted would not. And a machine that loses its
            # power while it has the lock must not keep it until the network gives up.
            cursor.execute(
                "SET TRANSACTION ISOLATION LEVEL READ COMMITTED;"
                "SET LOCAL idle_in_transaction_session_timeout = '10s'"
            )
            self._cursor = cursor
            yield self._lock()

    def _lock(self):
        query = """
            SELECT sequence, closed_until, turns
            FROM merchantpro_rate_bucket WHERE bucket = %s FOR UPDATE
        """
        self._cursor.execute(query, (self._name,))
        row = self._cursor.fetchone()
        if row is None:
            self._cursor.execute(
                "INSERT INTO merchantpro_rate_bucket (bucket) VALUES (%s) ON CONFLICT DO NOTHING",
                (self._name,),
            )
            self._cursor.execute(query, (self._name,))
            row = self._cursor.fetchone()
        # Not part of the select, whose clock may be read before it has to wait for the lock.
        self._cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
        now = float(self._cursor.fetchone()[0])
        return Bucket(now, row[0], row[1], Turns(**row[2]), self._times)

    def _times(self, numbers):
        self._cursor.execute(
            "SELECT number, called_at FROM merchantpro_rate_call"
            " WHERE bucket = %s AND slot = ANY(%s)",
            (self._name, [number % self._memory for number in numbers]),
        )
        return {number: at for number, at in self._cursor.fetchall() if number in set(numbers)}

    def save(self, bucket, calls=0):
        """Keep the bucket, whose last `calls` calls are made now."""
        self._cursor.execute(
            "UPDATE merchantpro_rate_bucket SET sequence = %s, closed_until = %s, turns = %s"
            " WHERE bucket = %s",
            (bucket.sequence, bucket.closed_until, json.dumps(bucket.turns.stored()), self._name),
        )
        if calls:
            self._cursor.execute(
                "INSERT INTO merchantpro_rate_call (bucket, slot, number, called_at)"
                " SELECT %s, number %% %s, number, %s FROM generate_series(%s, %s) AS number"
                " ON CONFLICT (bucket, slot)"
                " DO UPDATE SET number = EXCLUDED.number, called_at = EXCLUDED.called_at",
                (
                    *(self._name, self._memory, bucket.now),
                    *(bucket.sequence - calls + 1, bucket.sequence),
                ),
            )

    def move(self, bucket, numbers):
        """These calls count as made now."""
        self._cursor.execute(
            "UPDATE merchantpro_rate_call SET called_at = %s"
            " WHERE bucket = %s AND slot = ANY(%s) AND number = ANY(%s)",
            (
                *(bucket.now, self._name),
                *([number % self._memory for number in numbers], list(numbers)),
            ),
        )
