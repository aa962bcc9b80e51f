"""The budget in PostgreSQL: one for all processes that use a key."""

import contextlib
import os
import pathlib
import subprocess
import sys
import threading
import time

import psycopg2
import pytest
from api import pg_store
from api.errors import RateLimited
from api.limits import Limiter, Limits, Priority
from api.pg_store import PostgresStore
from test_limiter import windows_kept

from tools import postgres, steps

HERE = pathlib.Path(__file__).parent
FOLDER = str(pathlib.Path(pg_store.__file__).parents[1])


@pytest.fixture(scope="module")
def database():
    """A scratch database with the two tables."""
    if not postgres.is_running():
        with steps.lock():
            postgres.ensure()
    name = f"limiter_{os.getpid()}"
    postgres.drop(name)
    postgres.client("createdb", name)
    connection = _connect(name)
    with connection, connection.cursor() as cursor:
        cursor.execute(pg_store.SCHEMA)
    connection.close()
    yield name
    postgres.drop(name)


def _connect(name):
    where = postgres.environment()
    return psycopg2.connect(
        dbname=name, host=where["PGHOST"], port=where["PGPORT"], user=where["PGUSER"]
    )


@pytest.fixture
def open_cursor(database):
    """A function as the addon passes it: a cursor in a transaction of its own."""
    connections = []

    @contextlib.contextmanager
    def opened():
        connection = _connect(database)
        connections.append(connection)
        with connection, connection.cursor() as cursor:
            yield cursor
        connection.close()

    yield opened
    for connection in connections:
        connection.close()


@pytest.fixture
def query(open_cursor):
    def query(sql, *values):
        with open_cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall()

    return query


def test_two_processes_share_one_budget(database, query):
    limits = Limits(per_second=8)
    arguments = [FOLDER, database, "shared", "8", str(limits.per_second)]
    command = [sys.executable, str(HERE / "caller.py"), *arguments]
    environment = {**os.environ, **postgres.environment()}
    callers = [subprocess.Popen(command, env=environment) for _process in range(2)]
    assert [caller.wait() for caller in callers] == [0, 0]
    rows = query(
        "SELECT number, called_at FROM merchantpro_rate_call WHERE bucket = 'shared'"
        " ORDER BY number"
    )
    assert [number for number, _at in rows] == list(range(1, 17))
    assert windows_kept([at for _number, at in rows], limits)


def test_each_key_has_a_budget_of_its_own(open_cursor):
    limits = Limits(per_minute=1)
    for bucket in ("one", "two"):
        Limiter(PostgresStore(open_cursor, bucket), limits).acquire(Priority.STOCK, 0)
    with pytest.raises(RateLimited):
        Limiter(PostgresStore(open_cursor, "one"), limits).acquire(Priority.STOCK, 0)


def test_closing_is_seen_by_everybody(open_cursor):
    Limiter(PostgresStore(open_cursor, "closed")).close(300)
    with pytest.raises(RateLimited) as refusal:
        Limiter(PostgresStore(open_cursor, "closed")).acquire(Priority.ORDERS, 60)
    assert refusal.value.wait == pytest.approx(300, abs=5)


def test_who_waits_is_seen_by_everybody(open_cursor):
    limits = Limits(per_second=1)
    slept = []

    def sleep(seconds):
        with PostgresStore(open_cursor, "urgent").locked() as bucket:
            slept.append([each.priority for each in bucket.turns.waiting])
            time.sleep(seconds)

    urgent = Limiter(PostgresStore(open_cursor, "urgent"), limits, sleep=sleep)
    urgent.acquire(Priority.ORDERS)
    urgent.acquire(Priority.ORDERS)
    assert slept[0] == [Priority.ORDERS]
    with PostgresStore(open_cursor, "urgent").locked() as bucket:
        assert bucket.turns.waiting == []
        assert bucket.turns.served[Priority.ORDERS] == 2
        assert bucket.turns.back[Priority.ORDERS] > bucket.now


def test_slow_call_counts_from_its_answer(open_cursor, query):
    limiter = Limiter(PostgresStore(open_cursor, "slow"))
    limiter.took(limiter.acquire(Priority.STOCK), 0.001)
    numbers = limiter.acquire(Priority.STOCK, calls=2)
    before = query("SELECT number, called_at FROM merchantpro_rate_call WHERE bucket = 'slow'")
    limiter.took(numbers, 3.0)
    after = query("SELECT number, called_at FROM merchantpro_rate_call WHERE bucket = 'slow'")
    moved = {number for number, at in after if at != dict(before)[number]}
    assert moved == {2, 3}


def test_database_of_before_is_brought_up_to_date(open_cursor, query):
    with open_cursor() as cursor:
        cursor.execute("ALTER TABLE merchantpro_rate_bucket DROP COLUMN turns")
        cursor.execute("ALTER TABLE merchantpro_rate_bucket ADD COLUMN waiting float8[]")
        cursor.execute("INSERT INTO merchantpro_rate_bucket (bucket, sequence) VALUES ('old', 7)")
        cursor.execute(pg_store.SCHEMA)
    assert list(Limiter(PostgresStore(open_cursor, "old")).acquire(Priority.STOCK)) == [8]


def test_ring_of_calls_does_not_grow(open_cursor, query):
    limits = Limits(1000, 1000, 1000, 1000)
    limiter = Limiter(PostgresStore(open_cursor, "ring", memory=20), limits)
    for _call in range(30):
        limiter.acquire(Priority.STOCK)
    count = "SELECT count(*), max(number) FROM merchantpro_rate_call WHERE bucket = 'ring'"
    assert query(count) == [(20, 30)]


def test_budget_of_a_day_is_kept_in_a_ring_of_just_that_size(open_cursor):
    limits = Limits(100, 100, 100, 5)
    limiter = Limiter(PostgresStore(open_cursor, "day", memory=5), limits)
    for _call in range(5):
        limiter.acquire(Priority.STOCK, max_wait=0)
    with pytest.raises(RateLimited) as refusal:
        limiter.acquire(Priority.STOCK, max_wait=0)
    assert refusal.value.wait == pytest.approx(86400, abs=60)


def test_failure_inside_the_lock_takes_no_call(open_cursor):
    store = PostgresStore(open_cursor, "rollback")
    with pytest.raises(ZeroDivisionError), store.locked() as bucket:
        bucket.sequence += 1
        store.save(bucket, 1)
        raise ZeroDivisionError
    with store.locked() as bucket:
        assert bucket.sequence == 0
        assert bucket.times([1]) == {}


def test_second_caller_waits_for_the_lock_and_sees_what_the_first_wrote(open_cursor):
    first, second = (PostgresStore(open_cursor, "lock") for _store in range(2))
    held, seen = threading.Event(), []

    def look():
        held.wait()
        with second.locked() as bucket:
            seen.append((bucket.sequence, bucket.now))

    thread = threading.Thread(target=look)
    thread.start()
    with first.locked() as bucket:
        held.set()
        thread.join(0.1)
        assert not seen
        bucket.sequence = 7
        first.save(bucket)
        written_at = bucket.now
    thread.join()
    assert seen[0][0] == 7
    assert seen[0][1] > written_at


HOLD = """
import sys, time
sys.path.insert(0, sys.argv[1])
import psycopg2
from api.pg_store import PostgresStore
connection = psycopg2.connect(dbname=sys.argv[2])
class Transaction:
    def __enter__(self):
        return connection.cursor()
    def __exit__(self, *exception):
        connection.commit()
with PostgresStore(Transaction, "held").locked():
    print("locked", flush=True)
    time.sleep(60)
"""


def test_process_killed_while_it_has_the_lock_holds_up_nobody(database, open_cursor):
    command = [sys.executable, "-c", HOLD, FOLDER, database]
    environment = {**os.environ, **postgres.environment()}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as holder:
        assert holder.stdout.readline() == b"locked\n"
        holder.kill()
    started = time.monotonic()
    Limiter(PostgresStore(open_cursor, "held")).acquire(Priority.STOCK)
    assert time.monotonic() - started < 5


def test_machine_that_is_gone_loses_the_lock_before_the_network_notices(open_cursor):
    with PostgresStore(open_cursor, "gone").locked(), open_cursor() as other:
        other.execute("SHOW idle_in_transaction_session_timeout")
        assert other.fetchone() == ("0",), "of others it is not our business"
    store = PostgresStore(open_cursor, "gone")
    with store.locked():
        store._cursor.execute("SHOW idle_in_transaction_session_timeout")
        assert store._cursor.fetchone() == ("10s",)
