"""10,000 moves of 500 products between two pushes: no product is sent twice."""

from . import _push_shop

PRODUCTS, ROUNDS = 500, 20


def run(env):
    """{figure: {"value", "goal", "ok"}}; `env` is the Environment of a database of its own."""
    with _push_shop.site(PRODUCTS) as site, _push_shop.unlimited():
        shop, products = _push_shop.shop_of(env, site, PRODUCTS)
        for number in range(ROUNDS):
            deliver(env, products, 1 + number % 3)
        moves = env["stock.move"].search_count([("state", "=", "done")])
        while _push_shop.push_job(shop) is not None:
            pass
        calls = len(site.calls_of("PATCH"))
        stocks = {site.unit(number + 1)["stock"] for number in range(PRODUCTS)}
    left = _push_shop.STOCK - sum(1 + number % 3 for number in range(ROUNDS))
    assert (moves, stocks) == (PRODUCTS * ROUNDS, {left})
    return {"10,000 moves of 500 products: calls": _push_shop.figure(calls, f"<= {PRODUCTS}")}


def deliver(env, products, quantity):
    """A move of each product to the customers, all done and committed."""
    customers = env.ref("stock.stock_location_customers")
    moves = env["stock.move"].create(
        [
            {
                "product_id": product.id,
                "product_uom_qty": quantity,
                "location_id": _push_shop.location(env).id,
                "location_dest_id": customers.id,
            }
            for product in products
        ]
    )
    moves._action_confirm(merge=False)
    moves._action_assign()
    moves.picked = True
    moves._action_done()
    env.cr.commit()
