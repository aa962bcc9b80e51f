"""Fills a new shop with the demonstration's catalogue."""

from .demo_data import goods


def fill(products):
    categories = {}
    for good in goods():
        category = category_id(products, categories, good.category.split(" / "))
        products.add(_fields(products, good, category))


def category_id(products, known, path):
    """The id of the category at the end of `path`, made with its parents where it is new."""
    parent = 0
    for depth in range(1, len(path) + 1):
        key = tuple(path[:depth])
        if key not in known:
            known[key] = products.add_category(path[depth - 1], parent)["id"]
        parent = known[key]
    return parent


def _fields(products, good, category):
    # One description carries a script, which no ERP may keep.
    script = "<script>alert('x')</script>" if good.number == 7 else ""
    fields = {
        "id": 7100 + good.number,
        "name": good.name,
        "type": good.type,
        "sku": good.sku,
        "ean": good.ean if not good.units else None,
        "description": f"<p>{good.name}, lucrat cu grijă de {good.maker}.</p>{script}",
        "price_gross": good.price,
        "stock": good.stock if not good.units else 0,
        "tax_id": good.tax_id,
        "weight": good.weight,
        "category_id": category,
        "manufacturer_id": 1 + good.number % 5,
        "manufacturer_name": good.maker,
        "meta_fields": {"origine": "România", "material": ("lemn", "bumbac")[good.number % 2]},
        "inventory_enabled": "off" if good.type == "digital" else "on",
        "images": [_image(products, good)],
        "image_url": dict.fromkeys(
            ("thumb", "medium", "large"), f"{products.base_url}/img/{7100 + good.number}.png"
        ),
    }
    if good.units:
        fields["variants"] = [
            {
                "id": 20000 + good.number * 10 + index,
                "options": dict(options),
                "sku": sku,
                "ean": ean,
                "stock": stock,
                "price_gross": good.price,
            }
            for index, (options, sku, ean, stock) in enumerate(good.units)
        ]
    return fields


def _image(products, good):
    return {
        "id": good.number + 1,
        "url": f"{products.base_url}/img/{7100 + good.number}.png",
        "caption": good.name,
        "name": f"{good.number}",
        "hash": f"{good.number:032x}",
        "extension": "png",
        "dimensions": {"l": {"h": 400, "w": 400}},
        "default": True,
    }
