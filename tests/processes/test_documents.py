"""Invoices and proformas that two processes issue at once: each once, numbers without gaps."""

import pytest
from test_two_workers import run_both
from waiting import wait_until

ORDERS = 'env["sale.order"].search([("merchantpro_order_id", "!=", False)], order="id")'
EACH = f"""
from odoo.service.model import retrying
orders = {ORDERS}
env.cr.commit()
for order in orders[NUMBER::2]:
    if order.id % 3 == 0:
        # One whose work is lost after its number was given.
        order._merchantpro_invoice()
        env.flush_all()
        env.cr.rollback()
    def work():
        order._merchantpro_invoice()
        order._merchantpro_issue_proforma()
        env.flush_all()
    retrying(work, env)
"""


@pytest.fixture(scope="module")
def prepared(origin):
    """Six imported orders, of which nothing is issued."""
    origin.site.add_product(id=1, sku="CANA", price_gross=24.2, stock=50)
    for _number in range(6):
        origin.site.add_order([{"product_id": 1}])
    origin.erp.run(
        """
env["product.product"].create({"name": "Cană", "default_code": "CANA", "is_storable": True})
shop.invoice_journal_id = env["account.journal"].create(
    {"name": "Shop", "type": "sale", "code": "MPRO", "merchantpro_first_invoice": "MPRO-0101"}
)
now = shop.with_context(queue_job__no_delay=True)
now.fetch_catalog()
now.variant_ids.import_to_catalog()
now.fetch_orders()
shop._proforma_sequence().prefix = "PF-"
"""
    )


def test_numbers_have_no_gaps_and_no_doubles(erp):
    workers = [erp.start(EACH.replace("NUMBER", str(number))) for number in (0, 1)]
    for worker in workers:
        worker.finish()
    names = erp.query("SELECT name FROM account_move WHERE state = 'posted' ORDER BY name")
    assert names.split("\n") == [f"MPRO-{number:04d}" for number in range(101, 107)]
    assert erp.query("SELECT count(*) FROM account_move") == "6"
    proformas = erp.query(
        "SELECT merchantpro_proforma_number FROM sale_order ORDER BY merchantpro_proforma_number"
    )
    assert proformas.split("\n") == [f"PF-{number:04d}" for number in range(1, 7)]


def test_an_order_that_two_invoice_at_once_has_one_of_each(erp, tmp_path):
    work = f"""
    from odoo.addons.cloudsales_merchantpro.models.rule_outcomes import NotNeeded
    order = {ORDERS}[0]
    order._merchantpro_issue_proforma()
    try:
        order._merchantpro_invoice()
    except NotNeeded:
        pass"""
    run_both(erp, tmp_path, work, work)
    assert erp.query("SELECT count(*), max(name) FROM account_move") == "1|MPRO-0101"
    assert erp.query("SELECT max(merchantpro_proforma_number) FROM sale_order") == "PF-0001"


def test_the_server_draws_the_pdfs_and_an_upload_that_failed_is_told(erp):
    # With the fonts of the web that its pages have.
    port = erp.serve()["port"]
    erp.run(
        f"""
env["ir.config_parameter"].set_param("web.base.url", "http://127.0.0.1:{port}")
env["res.partner.bank"].create(
    {{"partner_id": env.company.partner_id.id, "acc_number": "RO49AAAA1B31007593840000"}}
)
shop.efactura = True
order = {ORDERS}[0]
order._merchantpro_issue_proforma()
order._merchantpro_proforma_later()
order._merchantpro_invoice()._merchantpro_document_later()
"""
    )
    told = "SELECT merchantpro_problem FROM account_move"
    wait_until(lambda: erp.query(told))
    # The company has no address, so Odoo refused before it called anybody.
    assert "CIUS RO" in erp.query(told)
    wait_until(lambda: erp.query("SELECT DISTINCT state FROM queue_job") == "done")
    printed = erp.run(
        f"""
import io
from pdfminer.high_level import extract_text
order = {ORDERS}[0]
for pdf in order.merchantpro_proforma_id + order.invoice_ids.invoice_pdf_report_id:
    print(" ".join(extract_text(io.BytesIO(pdf.raw)).split()))
"""
    )
    proforma, invoice = printed.splitlines()
    for words in ("PF-0001", "RO49AAAA1B31007593840000", "Prăvălia SRL", "20,00", "4,20", "24,20"):
        assert words in proforma
    for words in ("MPRO-0101", "Prăvălia SRL", "20,00", "4,20", "24,20"):
        assert words in invoice
    assert not erp.errors()
