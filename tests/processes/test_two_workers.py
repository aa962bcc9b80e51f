"""Two processes at the same order."""

PROCESS = """
from odoo.service.model import retrying
order = env["merchantpro.order"].search([])
def work():
    env.cr.execute("SELECT 1 FROM merchantpro_order")  # the transaction's snapshot is taken
    {barrier}
    order._process_one()
    {hold}
retrying(work, env)
"""


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
    first, second = tmp_path / "first", tmp_path / "second"
    # Each waits until the other is inside its transaction too, so neither sees the other's work.
    barrier = (
        "import pathlib, time; pathlib.Path({!r}).touch()\n"
        "    while not pathlib.Path({!r}).exists(): time.sleep(0.01)"
    )
    workers = [
        erp.start(PROCESS.format(barrier=barrier.format(str(mine), str(other)), hold=hold))
        for mine, other, hold in (
            (first, second, "env.flush_all(); time.sleep(1)"),
            (second, first, "env.flush_all(); time.sleep(1)"),
        )
    ]
    for worker in workers:
        _out, err = worker.communicate(timeout=120)
        assert worker.returncode == 0, err.decode()
    assert erp.query("SELECT state FROM merchantpro_order") == "done"
    assert erp.query("SELECT count(*) FROM sale_order") == "1"
    assert erp.query("SELECT count(*) FROM stock_move") == "1"
