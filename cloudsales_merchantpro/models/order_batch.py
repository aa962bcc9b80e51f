"""What the orders of a batch mean here, looked up for all of them at once: products, taxes,
methods. No search is made for one order or one line."""

from dataclasses import dataclass

from odoo import models

from ..api import order_amounts


@dataclass(frozen=True)
class Meaning:
    """What the codes of one order mean here."""

    payment: models.Model  # merchantpro.payment.method
    shipping: models.Model  # merchantpro.shipping.method
    taxes: dict  # {VAT percent or None: merchantpro.tax}
    tags: models.Model  # crm.tag
    source: models.Model  # utm.source of the sales channel, empty for the site itself
    products: dict  # {api Line of goods: product.product, empty where none was found}
    states: models.Model  # merchantpro.order.status of payment, then of shipping


def meanings(shop, orders):
    """{key: Meaning} for {key: api Order}. Rows of methods and rates appear when first seen."""
    env = shop.env
    payments = env["merchantpro.payment.method"]._for_codes(
        shop,
        {order.payment_method_code or "-": order.payment_method_name for order in orders.values()},
    )
    shippings = env["merchantpro.shipping.method"]._for_codes(
        shop,
        {order.shipping_method_id or "-": order.shipping_method_name for order in orders.values()},
    )
    rates = {key: order_amounts.rates(order) for key, order in orders.items()}
    names = {percent: name for each in rates.values() for percent, name in each.items()}
    taxes = env["merchantpro.tax"]._for_percents(shop, names)
    tags = _named(env["crm.tag"], {tag for order in orders.values() for tag in order.tags})
    sources = _named(env["utm.source"], {order.channel for order in orders.values()})
    states = env["merchantpro.order.status"]._for_orders(shop, orders)
    products = _products(shop, [line for order in orders.values() for line in order.lines])
    return {
        key: Meaning(
            payment=payments[order.payment_method_code or "-"],
            shipping=shippings[order.shipping_method_id or "-"],
            taxes={percent: taxes[percent] for percent in rates[key]},
            tags=env["crm.tag"].union(*(tags[name] for name in order.tags)),
            source=sources.get(order.channel, env["utm.source"]),
            products=products,
            states=states[key],
        )
        for key, order in orders.items()
    }


def _named(records, names):
    """{name: record}, made when first seen; "" names none."""
    names = sorted(filter(None, names))
    if not names:
        return {}
    known = {record.name: record for record in records.search([("name", "in", names)], order="id")}
    new = [name for name in names if name not in known]
    return known | dict(zip(new, records.create([{"name": name} for name in new]), strict=True))


def _products(shop, lines):
    """{line: product} by the bound row of the site, then by its codes as the rows of the staging
    list are matched. Codes that name several products find none: the wrong goods would be sent."""
    goods = [line for line in lines if not line.is_discount]
    rows = shop.env["merchantpro.variant"].search(
        [
            ("shop_id", "=", shop.id),
            ("match_state", "=", "linked"),
            ("external_id", "in", list({line.product_id for line in goods})),
        ]
    )
    bound = {row.external_id: row.product_id for row in rows}
    found = shop._find_products({(line.sku, line.ean) for line in goods})
    products = shop.env["product.product"]
    return {
        line: bound.get(line.product_id) or products.browse(found[line.sku, line.ean].product or ())
        for line in goods
    }
