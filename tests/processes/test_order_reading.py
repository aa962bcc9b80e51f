"""Reading orders where processes are killed, or are two: nothing is skipped, nothing doubled."""

import pytest
from hold import held
from test_two_workers import run_both
from waiting import wait_until

UNTIL = "SELECT COALESCE(read_until::text, 'never') FROM merchantpro_order_reading"
COUNT = "SELECT count(*), count(DISTINCT external_id) FROM merchantpro_order"


@pytest.fixture
def erp(shared):
    """Where nothing was ever read."""
    inbox = ("merchantpro_order", "merchantpro_order_reading", "merchantpro_order_notice")
    return shared.forget(*inbox, "queue_job")


def place(site, *numbers):
    """Orders of a product that nobody knows here: they are stored, and held."""
    for number in numbers:
        minute = f"{number // 60:02}:{number % 60:02}"
        date = f"2026-03-10T10:{minute}+02:00"
        site.add_order([{"product_name": "?"}], id=str(number), date_created=date)


def test_a_reading_killed_within_a_page_has_not_moved_on_and_ends_complete(erp, site):
    place(site, *range(1, 231))
    erp.run("shop.fetch_orders()")
    # Newest first: the second page is 130 to 31.
    with held(erp.db, "merchantpro_order", "NEW.external_id = '80'") as wait_until_held:
        server = erp.serve()
        wait_until_held()
        erp.kill(server)
    assert erp.query(COUNT) == "100|100"
    assert erp.query(UNTIL) == "never"
    erp.serve()
    wait_until(lambda: erp.query(COUNT) == "230|230")
    wait_until(lambda: erp.query(UNTIL) == "2026-03-10 08:03:50")


def test_two_workers_read_each_notice_once(erp, site, tmp_path):
    place(site, *range(1, 71))
    numbers = [str(number) for number in range(1, 71)] * 2
    erp.run(
        f"""
env["merchantpro.order.notice"].create(
    [{{"shop_id": shop.id, "external_id": number}} for number in {numbers!r}])
"""
    )
    # A worker takes fifty; both look at the same moment.
    read = "shop._job_read_noticed()"
    run_both(erp, tmp_path, read, read)
    while erp.query("SELECT count(*) FROM merchantpro_order_notice") != "0":
        erp.run(read)
    assert erp.query(COUNT) == "70|70"


def test_a_reader_killed_before_it_commits_leaves_the_notices(erp, site):
    place(site, 1, 2, 3)
    erp.run("shop._take_notice(['1', '2', '3'])")
    with held(erp.db, "merchantpro_order", "NEW.external_id = '2'") as wait_until_held:
        server = erp.serve()
        wait_until_held()
        erp.kill(server)
    assert erp.query("SELECT count(*) FROM merchantpro_order_notice") == "3"
    erp.serve()
    wait_until(lambda: erp.query("SELECT count(*) FROM merchantpro_order_notice") == "0")
    assert erp.query(COUNT) == "3|3"
