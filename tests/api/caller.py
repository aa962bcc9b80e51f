"""A process that calls as fast as it may: `caller.py API_FOLDER DATABASE BUCKET CALLS SECOND`."""

import sys

sys.path.insert(0, sys.argv[1])

import psycopg2
from api.limits import Limiter, Limits, Priority
from api.pg_store import PostgresStore


def main(database, bucket, calls, per_second):
    connection = psycopg2.connect(dbname=database)

    class Transaction:
        def __enter__(self):
            return connection.__enter__().cursor()

        def __exit__(self, *exception):
            return connection.__exit__(*exception)

    limiter = Limiter(PostgresStore(Transaction, bucket), Limits(per_second=int(per_second)))
    for _call in range(int(calls)):
        limiter.acquire(Priority.STOCK)


if __name__ == "__main__":
    main(*sys.argv[2:])
