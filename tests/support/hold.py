"""Stops whoever inserts a certain row, in the middle of a transaction, for as long as a test
wants: what is done to a process then does not depend on how fast anything is."""

import contextlib

import psycopg2
from waiting import wait_until

LOCK = 4711
INSTALL = f"""
CREATE FUNCTION hold() RETURNS trigger AS $$
BEGIN
    PERFORM pg_advisory_xact_lock({LOCK});
    RETURN NEW;
END $$ LANGUAGE plpgsql;
CREATE TRIGGER hold BEFORE INSERT ON {{table}} FOR EACH ROW WHEN ({{row}}) EXECUTE FUNCTION hold();
"""
HELD = f"""
SELECT 1 FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
 WHERE datname = current_database() AND locktype = 'advisory' AND objid = {LOCK} AND NOT granted
"""


@contextlib.contextmanager
def held(db, table, row):
    """While the block runs, who inserts a row into `table` that fulfils the condition `row` on
    NEW waits. Yields a function that returns when somebody does."""
    connection = psycopg2.connect(dbname=db)
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:

        def somebody_waits():
            cursor.execute(HELD)
            return cursor.fetchone()

        cursor.execute(INSTALL.format(table=table, row=row))
        cursor.execute(f"SELECT pg_advisory_lock({LOCK})")
        yield lambda: wait_until(somebody_waits)
        cursor.execute(f"SELECT pg_advisory_unlock({LOCK})")
        # Waits for the end of the transaction that was held.
        cursor.execute("DROP FUNCTION hold CASCADE")
