"""Matching a whole shop: 20,000 rows, 3,000 pages of them with several variants, against
30,000 products of the ERP."""

import resource
import time

PRODUCTS = 30_000
PAGES_WITH_VARIANTS, VARIANTS, SIMPLE = 3_000, 3, 11_000
BATCH = 1_000


def run(odoo):
    """{figure: {"value", "goal", "ok"}}; `odoo` is the Environment of a database of its own."""
    env = odoo(context={**odoo.context, "queue_job__no_delay": True, "tracking_disable": True})
    make_products(env)
    shop = make_rows(env, SIMPLE, PAGES_WITH_VARIANTS)
    env.cr.commit()
    env.cr.execute("ANALYZE")
    few, many = (queries_of(env, shop, size) for size in (100, 1_000))
    env.invalidate_all()
    before = memory()
    started = time.monotonic()
    shop.variant_ids.match()
    env.cr.commit()
    seconds = round(time.monotonic() - started, 1)
    grown = round(memory() - before)
    more = many - few
    return {
        "memory grown by matching, MB": {"value": grown, "goal": "<= 300", "ok": grown <= 300},
        "match 20,000 rows, s": {"value": seconds, "goal": "<= 60", "ok": seconds <= 60},
        "more queries for 1,000 rows than 100": {"value": more, "goal": "<= 0", "ok": more <= 0},
    }


def memory():
    """The most this process has used, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def make_products(env):
    """Two in three carry a code of the site, some its EAN, a few an additional code of it."""
    for start in range(0, PRODUCTS, BATCH):
        numbers = range(start, start + BATCH)
        env["product.template"].create(
            [
                {
                    "name": f"Product {number}",
                    "default_code": f"erp-{number:06}" if number % 3 else f"Other {number}",
                    "barcode": f"594{number:010}",
                }
                for number in numbers
            ]
        )
        env.cr.commit()
        env.invalidate_all()
    products = env["product.product"].search([("default_code", "like", "Other %")], limit=BATCH)
    env["product.additional.code"].create(
        [
            {"product_id": product.id, "code": f"ERP-{number * 3:06}"}
            for number, product in enumerate(products)
        ]
    )


def make_rows(env, simple, families):
    """A shop whose staging list has that many simple pages and pages with variants."""
    shop = env["merchantpro.shop"].create({"name": "Bench", "url": "https://bench.example"})
    sizes = [1] * simple + [VARIANTS] * families
    number = 0
    for start in range(0, len(sizes), BATCH):
        part = sizes[start : start + BATCH]
        pages = env["merchantpro.product"].create(
            [
                {"shop_id": shop.id, "external_id": f"p{start + at}", "name": f"Page {start + at}"}
                for at in range(len(part))
            ]
        )
        rows = []
        for page, size in zip(pages, part, strict=True):
            for _each in range(size):
                rows.append(row_values(shop, page, number))
                number += 1
        env["merchantpro.variant"].create(rows)
        env.cr.commit()
        env.invalidate_all()
    return shop


def row_values(shop, page, number):
    codes = {"sku": f" ERP-{number:06} ", "ean": f"594{number:010}" if number % 2 else False}
    return {
        "shop_id": shop.id,
        "parent_id": page.id,
        "external_id": str(number),
        "name": f"{page.name} {number}",
        **codes,
    }


def queries_of(env, shop, size):
    """Queries for a first matching of that many rows from all over the shop, undone afterwards."""
    rows = env["merchantpro.variant"].search([("shop_id", "=", shop.id)], order="id")
    rows = rows[:: len(rows) // size][:size]
    env.cr.execute("SAVEPOINT bench")
    env.invalidate_all()
    before = env.cr.sql_log_count
    rows.match()
    count = env.cr.sql_log_count - before
    env.invalidate_all()
    env.cr.execute("ROLLBACK TO SAVEPOINT bench")
    env.invalidate_all()
    return count
