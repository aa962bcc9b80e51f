"""Two processes that meet something new at the same moment: one of them creates it."""

import textwrap

import pytest
from meeting import codes

TOGETHER = """
from psycopg2 import OperationalError
from odoo.addons.queue_job.exception import RetryableJobError
from odoo.service.model import retrying

def as_a_job(work):
    while True:
        try:
            return work(env(context=dict(env.context, job_uuid="x")))
        except (RetryableJobError, OperationalError):
            env.cr.rollback()
            env.invalidate_all()
            time.sleep(0.1)

def as_a_request(work):
    retrying(lambda: work(env), env)

def work(env):
    with together():
{code}

as_a_{kind}(work)
env.cr.commit()
tell(".done")
"""


@pytest.fixture
def race(erp, tmp_path):
    """Run two pieces of code in two processes at once; returns what they wrote to the log, where
    that they met is no error."""

    def run(kind, *works):
        indented = [textwrap.indent(work, " " * 4) for work in works]
        both = codes(tmp_path, *(TOGETHER.format(code=work, kind=kind) for work in indented))
        workers = [erp.start(code) for code in both]
        log = "".join(log for _out, log in [worker.finish() for worker in workers])
        assert "duplicate key" not in log
        return log

    return run


PROCESS = """
    order = env["merchantpro.order"].search([("external_id", "=", {!r})])
    order._process_batch()
"""


@pytest.mark.parametrize("kind", ["job", "request"])
def test_two_orders_of_a_new_customer_with_a_new_payment_method(erp, site, race, kind):
    site.add_product(id=1, sku="CANA", price_gross=24.2)
    new = {"customer_id": 77, "payment_method_code": "rate", "payment_status": "paid"}
    numbers = [site.add_order([{"product_id": 1}], **new)["id"] for _turn in range(2)]
    erp.run(
        """
env["product.product"].create({"name": "Cană", "default_code": "CANA", "is_storable": True})
shop._read_orders(0, True)  # their jobs wait: nobody runs jobs here
"""
    )
    race(kind, *(PROCESS.format(number) for number in numbers))
    assert erp.query("SELECT state, held_reason FROM merchantpro_order") == "done|\ndone|"
    assert erp.query("SELECT count(*), count(DISTINCT partner_id) FROM sale_order") == "2|1"
    known = "SELECT identity FROM merchantpro_customer ORDER BY identity"
    assert erp.query(known) == "account:77\nguest:client@example.com:+40722123456"
    assert erp.query("SELECT count(*) FROM merchantpro_payment_method") == "1"
    twins = "SELECT count(*) FROM account_tax WHERE name->>'en_US' = '21% G (price included)'"
    assert erp.query(twins) == "1"


def test_two_orders_of_one_buyer_to_a_new_address(erp, site, race):
    site.add_product(id=1, sku="CANA", price_gross=24.2)
    site.add_order([{"product_id": 1}], customer_id=77)
    erp.run(
        """
env["product.product"].create({"name": "Cană", "default_code": "CANA", "is_storable": True})
shop.with_context(queue_job__no_delay=True).fetch_orders()
"""
    )
    assert erp.query("SELECT state FROM merchantpro_order") == "done"
    there = {"customer_id": 77, "shipping_city": "Turda", "shipping_address": "Str. Nouă 1"}
    numbers = [site.add_order([{"product_id": 1}], **there)["id"] for _turn in range(2)]
    erp.run("shop._read_orders(0, True)")
    race("request", *(PROCESS.format(number) for number in numbers))
    assert erp.query("SELECT DISTINCT state FROM merchantpro_order") == "done"
    assert erp.query("SELECT count(*) FROM res_partner WHERE city = 'Turda'") == "1"


@pytest.mark.parametrize(
    "who",
    [
        pytest.param({"customer_id": None}, id="a guest"),
        pytest.param({"customer_id": 77}, id="an account"),
        pytest.param(
            {"billing_company_name": "Alfa", "billing_company_vat": "RO14399840"}, id="a company"
        ),
    ],
)
def test_two_shops_of_a_company_that_meet_a_new_buyer(erp, site, race, who):
    site.add_product(id=1, sku="CANA", price_gross=24.2)
    site.add_order([{"product_id": 1}], **who)
    erp.run(
        """
env["product.product"].create({"name": "Cană", "default_code": "CANA", "is_storable": True})
shop._read_orders(0, True)  # its job waits: nobody runs jobs here
order = env["merchantpro.order"].search([])
order.external_id = "1"
other = env["merchantpro.shop"].create(
    {"name": "Other", "url": shop.url, "order_start_date": shop.order_start_date}
)
row = {**order.payload, "id": "2", "customer_id": None}
env["merchantpro.order"]._store(other, [row])
"""
    )
    race("job", *(PROCESS.format(number) for number in ("1", "2")))
    assert erp.query("SELECT state, held_reason FROM merchantpro_order") == "done|\ndone|"
    assert erp.query("SELECT count(*), count(DISTINCT partner_id) FROM sale_order") == "2|1"


def test_two_orders_of_a_state_nobody_knew(erp, site, race):
    odd = {"shipping_status": "at_the_locker"}
    numbers = [site.add_order([{"product_name": "?"}], **odd)["id"] for _turn in range(2)]
    erp.run(
        """
env["merchantpro.payment.method"]._for_codes(shop, {"cash_delivery": "Ramburs"})
env["merchantpro.shipping.method"]._for_codes(shop, {"1": "Curier"})
env["merchantpro.tax"]._for_percents(shop, {21: "TVA"})
shop._read_orders(0, True)
"""
    )
    race("request", *(PROCESS.format(number) for number in numbers))
    assert erp.query("SELECT DISTINCT state FROM merchantpro_order") == "held"
    rows = "SELECT count(*) FROM merchantpro_order_status WHERE code = 'at_the_locker'"
    assert erp.query(rows) == "1"


BEGUN = "env['merchantpro.order.reading']._take(shop)"
LATE = """
    tell(".wrote")  # it does not before the other one is done
    wait_for(".done")
"""
READ = """
    env["merchantpro.shop"].search([], limit=1)._read_orders(0, True)
"""


@pytest.mark.parametrize(
    ("before", "late"),
    [
        pytest.param("", "", id="the first reading of the shop"),
        pytest.param(BEGUN, "", id="one while the other reads"),
        pytest.param(BEGUN, LATE, id="one that began before the other ended"),
    ],
)
def test_two_readers_of_one_page(erp, site, race, before, late):
    for _turn in range(3):
        site.add_order([{"product_id": None, "missing": True}], billing_name="Ion Secret")
    erp.run(before)
    log = race("job", READ, late + READ)
    assert erp.query("SELECT count(*), count(DISTINCT external_id) FROM merchantpro_order") == "3|3"
    assert "Secret" not in log


def test_a_notice_and_the_list_tell_of_one_order(erp, site, race):
    number = site.add_order([{"product_id": None, "missing": True}])["id"]
    erp.run(
        f"""
env["merchantpro.order.notice"].create({{"shop_id": shop.id, "external_id": {number!r}}})
"""
    )
    noticed = READ.replace("_read_orders(0, True)", "_job_read_noticed()")
    race("job", READ, noticed)
    assert erp.query("SELECT external_id FROM merchantpro_order") == number
    assert erp.query("SELECT count(*) FROM merchantpro_order_notice") == "0"
