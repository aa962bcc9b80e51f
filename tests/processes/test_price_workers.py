"""Two processes that take over a site's prices at once."""

from test_two_workers import run_both

PULL = "shop.variant_ids._job_pull_prices()"


def test_two_processes_make_one_rule(erp, site, tmp_path):
    site.add_product(id=1, sku="CANA", price_gross=24.2)
    erp.run(
        """
pricelist = env["product.pricelist"].create({"name": "Site"})
warehouse = env["stock.warehouse"].search([("company_id", "=", shop.company_id.id)], limit=1)
warehouse.pricelist_id = pricelist
shop = shop.with_context(queue_job__no_delay=True)
shop.fetch_catalog()
shop.write({"price_direction": "pull", "price_target_warehouse_ids": warehouse.ids})
shop.variant_ids.import_to_catalog()
env.cr.flush()  # what was linked is taken over
env["product.pricelist.item"].search([]).unlink()
"""
    )
    run_both(erp, tmp_path, PULL, PULL)
    rules = "FROM product_pricelist_item WHERE merchantpro_variant_id IS NOT NULL"
    assert erp.query(f"SELECT count(*), min(fixed_price) {rules}") == "1|24.2"
