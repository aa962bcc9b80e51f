"""10,000 moves of 500 products between two pushes: no product is sent twice."""

from . import _push_shop

PRODUCTS, RECEIPTS, DELIVERIES = 500, 18, 2  # a receipt takes Odoo a third of a delivery's time


def run(env):
    """{figure: {"value", "goal", "ok"}}; `env` is the Environment of a database of its own."""
    suppliers = env.ref("stock.stock_location_suppliers")
    customers = env.ref("stock.stock_location_customers")
    with _push_shop.site(PRODUCTS) as site, _push_shop.unlimited():
        shop, products = _push_shop.shop_of(env, site, PRODUCTS)
        stock = _push_shop.location(env)
        for _round in range(RECEIPTS):
            move(products, 1, suppliers, stock)
        for _round in range(DELIVERIES):
            move(products, 5, stock, customers)
        moves = env["stock.move"].search_count([("state", "=", "done")])
        while _push_shop.push_job(shop) is not None:
            pass
        calls = len(site.calls_of("PATCH"))
        stocks = {site.unit(number + 1)["stock"] for number in range(PRODUCTS)}
    assert moves == PRODUCTS * (RECEIPTS + DELIVERIES) == 10_000
    assert stocks == {_push_shop.STOCK + RECEIPTS - 5 * DELIVERIES}
    return {"10,000 moves of 500 products: calls": _push_shop.figure(calls, f"<= {PRODUCTS}")}


def move(products, quantity, source, destination):
    """A move of each product, all done and committed."""
    moves = products.env["stock.move"].create(
        [
            {
                "product_id": product.id,
                "product_uom_qty": quantity,
                "location_id": source.id,
                "location_dest_id": destination.id,
            }
            for product in products
        ]
    )
    moves._action_confirm(merge=False)
    moves._action_assign()
    moves.picked = True
    moves._action_done()
    products.env.cr.commit()
