"""Creating 2,000 products, 600 of them variants of 200 products: by an import, and by the
ORM's own create() of the very values that the import gave it, in one batch.

Both in turns, on the same database, undone after each time; the best time of each counts."""

import time
from unittest import mock

SIMPLE, FAMILIES, SIZES = 1_400, 200, ("S", "M", "L")
CATEGORIES, ROUNDS = 20, 8
GOAL = 1.3
MODELS = ("product.template", "product.template.attribute.value", "product.product")


def run(odoo):
    """{figure: {"value", "goal", "ok"}}; `odoo` is the Environment of a database made for it."""
    env = odoo(context={**odoo.context, "queue_job__no_delay": True})
    shop = make_rows(env)
    make_shared(env, shop)
    env.cr.commit()
    values = recorded(env, shop)
    ours, orm = [], []
    for _round in range(ROUNDS):
        ours.append(timed(env, lambda: do_import(shop)))
        orm.append(timed(env, lambda: create(env, values)))
    ratio = round(min(ours) / min(orm), 2)
    return {"import / ORM create": {"value": ratio, "goal": f"<= {GOAL}", "ok": ratio <= GOAL}}


def make_rows(env):
    """A shop whose staging list is all new."""
    shop = env["merchantpro.shop"].create({"name": "Bench", "url": "https://bench.example"})
    categories = env["merchantpro.category"].create(
        [
            {"shop_id": shop.id, "external_id": str(number), "name": f"Category {number}"}
            for number in range(CATEGORIES)
        ]
    )
    pages = env["merchantpro.product"].create(
        [page_values(shop, categories, number) for number in range(SIMPLE + FAMILIES)]
    )
    env["merchantpro.variant"].create(
        [values for number, page in enumerate(pages) for values in row_values(page, number)]
    )
    return shop


def page_values(shop, categories, number):
    return {
        "shop_id": shop.id,
        "external_id": str(number),
        "name": f"Product {number}",
        "type": "basic" if number < SIMPLE else "multi_variant",
        "description": f"<h2>Product {number}</h2>" + "<p>What it is good for.</p>" * 30,
        "characteristics": {"Material": "Clay", "Origin": "RO", "Size": f"{number % 40} cm"},
        "manufacturer": f"Maker {number % 50}",
        "tax_percent": 21,
        "weight": 0.5,
        "category_id": categories[number % CATEGORIES].id,
    }


def row_values(page, number):
    sizes = [None] if number < SIMPLE else SIZES
    return [
        {
            "shop_id": page.shop_id.id,
            "parent_id": page.id,
            "external_id": f"{number}-{size}",
            "name": f"{page.name} ({size})" if size else page.name,
            "sku": f"B-{number:05}-{size or ''}",
            "ean": f"594{number:09}{index}",
            "options": [["Size", size]] if size else [],
            "price_gross": 20 + number % 70 + index,
            "weight": 0.5,
            "tracked": True,
            "match_state": "new",
        }
        for index, size in enumerate(sizes)
    ]


def make_shared(env, shop):
    """What both sides find: attributes, categories, the tax."""
    plan = shop.variant_ids._import_plan(shop)
    plan.shared.make(plan)


def do_import(shop):
    run = shop.variant_ids.import_to_catalog()
    assert run.state == "done" and not run.error_count


def recorded(env, shop):
    """{model: (context, values)} of every record that the import creates, all batches in one."""
    found = {}

    def recorder(name):
        original = type(env[name]).create

        def create(self, vals_list):
            made = original(self, [dict(vals) for vals in vals_list])
            context, values, ids = found.setdefault(name, (self.env.context, [], []))
            values.extend(vals_list)
            ids.extend(made.ids)
            return made

        return mock.patch.object(type(env[name]), "create", create)

    patches = [recorder(name) for name in MODELS]
    for each in patches:
        each.start()
    do_import(shop)
    for each in patches:
        each.stop()
    env.flush_all()
    templates = found["product.template"]
    lines = env["product.template"].browse(templates[2]).attribute_line_ids
    found["lines"] = dict(zip(lines.ids, range(len(lines)), strict=True))
    undo(env)
    return found


def create(env, found):
    """The same values in one create() of each model, the ids in them those of this time."""

    def make(name, values):
        context = {
            key: value for key, value in found[name][0].items() if not key.startswith("merchantpro")
        }
        return env[name].with_context(context).create(values)

    _context, values, old = found["product.template"]
    templates = make("product.template", values)
    template_ids = dict(zip(old, templates.ids, strict=True))
    lines = templates.attribute_line_ids.ids
    _context, values, old = found["product.template.attribute.value"]
    made = make(
        "product.template.attribute.value",
        [
            {**each, "attribute_line_id": lines[found["lines"][each["attribute_line_id"]]]}
            for each in values
        ],
    )
    value_ids = dict(zip(old, made.ids, strict=True))
    make(
        "product.product",
        [
            {
                **each,
                "product_tmpl_id": template_ids[each["product_tmpl_id"]],
                "product_template_attribute_value_ids": [
                    (6, 0, [value_ids[one] for one in ids])
                    for _set, _zero, ids in each["product_template_attribute_value_ids"]
                ],
            }
            for each in found["product.product"][1]
        ],
    )


def timed(env, work):
    started = time.monotonic()
    work()
    env.flush_all()
    seconds = time.monotonic() - started
    undo(env)
    return seconds


def undo(env):
    env.cr.rollback()
    env.clear()
    env.registry.clear_cache()
