"""Cash orders of a shop that go with Sameday: what both sides need before the first waybill."""

PREPARE = """
now = shop.with_context(queue_job__no_delay=True)
env["product.product"].create({{
    "name": "Cană", "default_code": "CANA", "is_storable": True, "weight": 0.5}})
now.fetch_catalog()
now.variant_ids.import_to_catalog()
location = shop.order_warehouse_id.lot_stock_id
for row in shop.variant_ids:
    env["stock.quant"]._update_available_quantity(row.product_id, location, 1000)
{courier}
now.fetch_orders()
"""
COURIER = """
fee = env["product.product"].create({{"name": "Curier", "type": "service"}})
carrier = env["delivery.carrier"].create({{
    "name": "Sameday", "delivery_type": "sameday", "product_id": fee.id,
    "sameday_url": {url!r}, "sameday_username": "demo", "sameday_password": "demo"}})
carrier.action_sameday_read()
shop.push_awb = True
env["merchantpro.shipping.method"]._for_codes(
    shop, {{"1": "Curier"}})["1"].carrier_id = carrier
"""


def sell(site):
    site.add_product(id=1, sku="CANA", price_gross=24.2, stock=1000)


def order(site, count=1, quantity=2):
    """Somebody orders, cash on delivery; the numbers of the orders."""
    if not site.product(1):
        sell(site)
    lines = [{"product_id": 1, "quantity": quantity}]
    return [site.add_order(lines)["id"] for _each in range(count)]


def prepare(erp, courier):
    erp.run(PREPARE.format(courier=connection(courier)))


def connection(courier):
    """Code that makes Sameday, at the address of `courier`, the courier of the shop's orders."""
    return COURIER.format(url=courier.url)
