"""5,000 units changed by one commit: how many calls, how near to the pace that the limits allow,
and in which order.

The shop looks back from any moment, which is the strictest way to count, and time is simulated: it
passes where the limiter sleeps, where the job waits for its next start, and with each call. The
time that is possible is computed without our limiter."""

from unittest import mock

from merchantpro_simulator import Limits

from . import _push_shop

UNITS, EQUAL = 5_000, 300
WINDOWS = ((4, 1), (80, 60), (3_600, 3_600), (60_000, 86_400))
CALL = 0.1  # seconds that a call takes


class Clock:
    now = 1_800_000_000.0

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds


def run(env):
    """{figure: {"value", "goal", "ok"}}; `env` is the Environment of a database of its own."""
    clock = Clock()
    with _push_shop.site(UNITS, limits=Limits(counting="sliding"), clock=clock) as site:
        shop, products = _push_shop.shop_of(env, site, UNITS)
        change(env, products)
        started = clock.now
        with simulated(shop, clock):
            while (pause := _push_shop.push_job(shop)) is not None:
                clock.sleep(pause)
        told = _push_shop.acknowledged(site)
        statuses = [call["status"] for call in site.calls]
    pace = possible(len(told)) / (clock.now - started)
    return {
        "5,000 at once: calls": _push_shop.figure(len(told), f"= {UNITS - EQUAL}"),
        "5,000 at once: 429s": _push_shop.figure(statuses.count(429), "= 0"),
        "5,000 at once: share of the pace allowed": _push_shop.figure(round(pace, 3), ">= 0.95"),
        "5,000 at once: increases before a zero": _push_shop.figure(too_early(told), "= 0"),
    }


def change(env, products):
    """A third goes to zero, a third down, a third up; of some it is the same in the end."""
    for number, product in enumerate(products):
        quantity = (-_push_shop.STOCK, -10, 10)[number % 3]
        _push_shop.move(product, quantity)
        if number < EQUAL:
            _push_shop.move(product, -quantity)
    env.cr.commit()


def simulated(shop, clock):
    """Within this, the shop's limiter lives in simulated time."""
    from odoo.addons.cloudsales_merchantpro.api.limits import Limiter, MemoryStore

    class Simulated(Limiter):
        def took(self, numbers, seconds):
            clock.sleep(CALL)

    limiter = Simulated(MemoryStore(clock), sleep=clock.sleep)
    return mock.patch.object(type(shop), "_limiter", lambda self: limiter)


def possible(calls):
    """The seconds that so many calls take when each is made as early as all windows allow."""
    times = []
    for _call in range(calls):
        earliest = [times[-count] + length for count, length in WINDOWS if len(times) >= count]
        times.append(max(earliest, default=0.0))
    return times[-1]


def too_early(told):
    """How many increases went before the last zero."""
    stocks = [stock for _unit, stock, _at in told]
    last_zero = max(index for index, stock in enumerate(stocks) if stock == 0)
    return sum(stock > _push_shop.STOCK for stock in stocks[:last_zero])
