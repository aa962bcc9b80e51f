"""Two processes at the same work."""

import textwrap

from meeting import codes

PROCESS = """
from odoo.service.model import retrying
def work():
    with together():
{}
retrying(work, env)
"""


def run_both(erp, tmp_path, *works):
    """Run two pieces of code at once, each in a transaction of a process of its own."""
    works = [textwrap.indent(textwrap.dedent(work), " " * 8) for work in works]
    both = codes(tmp_path, *map(PROCESS.format, works))
    for worker in [erp.start(code) for code in both]:
        worker.finish()


def test_two_processes_that_import_one_order_make_one_sale(erp, site, tmp_path):
    site.add_product(id=1, sku="CANA", price_gross=24.2)
    site.add_order([{"product_id": 1}])
    erp.run(
        """
env["product.product"].create({"name": "Cană", "default_code": "CANA", "is_storable": True})
shop._read_orders(0, True)  # its job waits: nobody runs jobs here
"""
    )
    assert erp.query("SELECT state FROM merchantpro_order") == "new"
    work = "env['merchantpro.order'].search([])._process_batch()"
    run_both(erp, tmp_path, work, work)
    assert erp.query("SELECT state FROM merchantpro_order") == "done"
    assert erp.query("SELECT count(*) FROM sale_order") == "1"
    assert erp.query("SELECT count(*) FROM stock_move") == "1"


def import_of(*external_ids):
    rows = f"shop.variant_ids.filtered(lambda r: r.external_id in {external_ids!r})"
    return f"{rows}.with_context(queue_job__no_delay=True).import_to_catalog()"


def test_two_processes_that_import_one_row_create_one_product(erp, site, tmp_path):
    site.add_product(id=1, sku="CANA", price_gross=24.2)
    erp.run("shop.with_context(queue_job__no_delay=True).fetch_catalog()")
    run_both(erp, tmp_path, import_of("1"), import_of("1"))
    assert erp.query("SELECT count(*) FROM product_product WHERE default_code = 'CANA'") == "1"
    assert erp.query("SELECT match_state FROM merchantpro_variant") == "linked"


def test_two_processes_that_import_sisters_create_one_product(erp, site, tmp_path):
    options = {"M": 21, "L": 22}
    # What products share is there, so nothing but their page makes one wait for the other.
    site.add_product(
        id=3,
        variants=[
            {"id": number + 10, "sku": f"X{size}", "options": {"Mărime": size}, "price_gross": 50}
            for size, number in options.items()
        ],
    )
    site.add_product(
        id=2,
        variants=[
            {"id": number, "sku": f"TR-{size}", "options": {"Mărime": size}, "price_gross": 50}
            for size, number in options.items()
        ],
    )
    erp.run("shop.with_context(queue_job__no_delay=True).fetch_catalog()")
    erp.run(import_of("31", "32"))
    run_both(erp, tmp_path, import_of("21"), import_of("22"))
    made = "FROM product_product WHERE default_code LIKE 'TR-%'"
    assert erp.query(f"SELECT count(*), count(DISTINCT product_tmpl_id) {made}") == "2|1"
    assert erp.query("SELECT count(*) FROM product_attribute") == "1"


def test_two_processes_make_one_attribute_and_one_category(erp, site, tmp_path):
    category = site.add_category("Haine")["id"]
    for page in (1, 2):
        site.add_product(
            id=page,
            category_id=category,
            meta_fields={"Material": "In"},
            variants=[
                {"id": 10 * page, "sku": f"V{page}", "options": {"Mărime": "M"}, "price_gross": 5}
            ],
        )
    erp.run("shop.with_context(queue_job__no_delay=True).fetch_catalog()")
    run_both(erp, tmp_path, import_of("10"), import_of("20"))
    assert erp.query("SELECT count(*) FROM merchantpro_variant WHERE match_state = 'linked'") == "2"
    for table in ("product_attribute", "product_attribute_value", "product_category"):
        names = f"SELECT count(*) FROM {table} WHERE name::text ~ 'Haine|Mărime|^M$|\"M\"'"
        assert erp.query(names) == "1", table
