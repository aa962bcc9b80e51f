"""`python -m sameday_simulator`: run a courier until interrupted."""

import argparse
import signal
import threading

from . import Simulator


def main():
    parser = argparse.ArgumentParser(prog="sameday_simulator", description=__doc__)
    parser.add_argument("--port", type=int, default=8071)
    parser.add_argument("--db", default=":memory:", help="SQLite file; keeps the waybills")
    parser.add_argument("--username", default="demo")
    parser.add_argument("--password", default="demo")
    parser.add_argument(
        "--no-lockers", action="store_true", help="an account without the locker service"
    )
    parser.add_argument("--lockers", type=int, default=60, help="how many lockers there are")
    options = parser.parse_args()
    courier = Simulator(
        db=options.db,
        port=options.port,
        username=options.username,
        password=options.password,
        has_lockers=not options.no_lockers,
        lockers=options.lockers,
    )
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_args: stop.set())
    with courier:
        print(f"courier  {courier.url}/\nuser     {courier.username}", flush=True)
        stop.wait()


if __name__ == "__main__":
    main()
