"""A process that calls a shop as fast as it may, from a line on its input until it is ended:
`hammer.py API_FOLDER DATABASE WINDOWS URL PRIORITY NAME`. Its calls carry its name's number."""

import contextlib
import json
import sys

sys.path.insert(0, sys.argv[1])

import psycopg2
from api.client import Client
from api.errors import RateLimited
from api.limits import Limiter, Limits, Priority
from api.pg_store import PostgresStore


class Windows(Limits):
    def windows(self):
        return json.loads(sys.argv[3])


def main(database, _windows, url, priority, number):
    connection = psycopg2.connect(dbname=database)

    @contextlib.contextmanager
    def transaction():
        with connection, connection.cursor() as cursor:
            yield cursor

    store = PostgresStore(transaction, f"hammer {url}")
    client = Client(url, "key", "secret", limiter=Limiter(store, Windows()), max_wait=10.0)
    print("ready", flush=True)
    sys.stdin.readline()
    while True:
        # A full budget is no reason to give up, as for a job.
        with contextlib.suppress(RateLimited):
            client.get("/categories", {"limit": number}, Priority[priority])


if __name__ == "__main__":
    main(*sys.argv[2:])
