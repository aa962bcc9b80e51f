"""`python -m merchantpro_simulator`: run a shop until interrupted."""

import argparse
import signal
import threading

from . import Limits, Simulator


def main():
    parser = argparse.ArgumentParser(prog="merchantpro_simulator", description=__doc__)
    parser.add_argument("--port", type=int, default=8070)
    parser.add_argument("--db", default=":memory:", help="SQLite file; keeps the shop's state")
    parser.add_argument("--seed", choices=("empty", "demo", "large"), default="demo")
    parser.add_argument("--key", default="demo-key")
    parser.add_argument("--secret", default="demo-secret")
    parser.add_argument("--webhook-url", default="", help="where notices of new orders go")
    parser.add_argument("--webhook-secret", default="demo-webhook-secret")
    parser.add_argument("--no-limits", action="store_true", help="answer as fast as asked")
    parser.add_argument(
        "--orders-lower-stock",
        action="store_true",
        help="the shop itself counts down when something is ordered",
    )
    options = parser.parse_args()
    shop = Simulator(
        seed=options.seed,
        db=options.db,
        port=options.port,
        key=options.key,
        secret=options.secret,
        limits=None if options.no_limits else Limits(),
        webhook_url=options.webhook_url,
        webhook_secret=options.webhook_secret,
        orders_lower_stock=options.orders_lower_stock,
    )
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_args: stop.set())
    with shop:
        print(f"shop  {shop.url}/\napi   {shop.url}/api/v2  (key {shop.key})", flush=True)
        stop.wait()


if __name__ == "__main__":
    main()
