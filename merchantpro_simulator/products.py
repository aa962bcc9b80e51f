"""Categories, products, variants and their inventory."""

import collections
import datetime

from . import money
from .errors import ApiError

WRITABLE = {
    "type", "sku", "ean", "ext_ref", "name", "description", "meta_title", "meta_description",
    "inventory_enabled", "stock", "allow_backorders", "availability_id", "price_net",
    "price_gross", "old_price_net", "old_price_gross", "cost_net", "tax_id", "shipping_type",
    "shipping_unit_cost", "quantity_multiplier", "unit_type", "weight", "category_id",
    "categories", "meta_fields", "status", "visibility", "images", "variants",
    "variant_attributes",
}  # fmt: skip
INVENTORY = {
    "id", "sku", "ean", "inventory_enabled", "stock", "price_net", "price_gross",
    "old_price_net", "old_price_gross",
}  # fmt: skip
NOT_ON_PARENT = {
    "stock", "price_net", "price_gross", "old_price_net", "old_price_gross", "weight",
}  # fmt: skip
CATEGORY_WRITABLE = {
    "name", "description", "meta_title", "meta_description", "parent_id", "page_template", "status",
}  # fmt: skip
TAXES = [
    {"id": 1, "name": "TVA", "value": 21},
    {"id": 2, "name": "TVA redus", "value": 11},
    {"id": 3, "name": "Scutit", "value": 0},
]
UNITS = [{"id": 1, "name": "buc"}, {"id": 2, "name": "kg"}]


def now():
    """The shop's local time with its offset."""
    return datetime.datetime.now().astimezone().isoformat(timespec="seconds")


def check_writable(values, allowed, query):
    unknown = set(values) - allowed
    if unknown and query.get("ignore_nonexistent_fields") != "1":
        names = ", ".join(sorted(unknown))
        raise ApiError(400, "invalid_field", f"Fields that cannot be written: {names}")
    return {key: value for key, value in values.items() if key in allowed}


class Products:
    def __init__(self, store):
        self._store = store
        self.base_url = ""

    # Making

    def add_category(self, name, parent_id=0, **fields):
        category = {
            "id": self._store.next_id("category", 10),
            "parent_id": parent_id,
            "name": name,
            "description": "",
            "meta_title": name,
            "meta_description": "",
            "page_template": "mixed",
            "url": f"{self.base_url}/?category={name}",
            "meta_links": {},
            "meta_fields": {},
            "created": now(),
            "status": "active",
            **fields,
        }
        self._store.put("category", category)
        return category

    def add(self, fields):
        """A product from a few fields; the rest gets what the site would fill in."""
        product_id = fields.get("id") or self._store.next_id("product", 7100)
        category = self._store.get("category", fields.get("category_id") or 0) or {}
        product = {
            "id": product_id,
            "type": "multi_variant" if fields.get("variants") else "basic",
            "sku": None,
            "ean": None,
            "ext_ref": None,
            "name": f"Product {product_id}",
            "description": "",
            "meta_title": "",
            "meta_description": "",
            "inventory_enabled": "on",
            "stock": 0,
            "stock_reserved": 0,
            "warehouses": [],
            "allow_backorders": False,
            "availability_id": None,
            "price_net": 0,
            "price_gross": 0,
            "old_price_net": None,
            "old_price_gross": None,
            "tax_id": 1,
            "shipping_type": "default",
            "shipping_unit_cost": 0,
            "quantity_multiplier": 1,
            "unit_type": "buc",
            "weight": 0,
            "category_id": category.get("id"),
            "category_name": category.get("name"),
            "categories": [{"id": category["id"], "name": category["name"]}] if category else [],
            "manufacturer_id": None,
            "manufacturer_name": None,
            "url": f"{self.base_url}/product/{product_id}",
            "meta_fields": {},
            "images": [],
            "status": "active",
            "visibility": "visible",
            "date_created": now(),
            "date_modified": now(),
            **{key: value for key, value in fields.items() if key != "variants"},
        }
        if fields.get("variants"):
            product["variants"] = [self._variant(product, row) for row in fields["variants"]]
            names = [pair["name"] for pair in product["variants"][0]["variant_options"]]
            product["variant_attributes"] = [
                {"id": index, "name": name, "options": self._options(product, name)}
                for index, name in enumerate(names, 1)
            ]
        self._fill_tax_and_prices(product)
        self._store.put("product", product)
        return product

    def _variant(self, product, fields):
        fields = self._with_gross(fields, product)
        options = fields.get("variant_options") or [
            {"name": name, "value": value} for name, value in fields.get("options", {}).items()
        ]
        return {
            "id": fields.get("id") or self._store.next_id("product", 7100),
            "sku": None,
            "ean": None,
            "ext_ref": None,
            "inventory_enabled": product["inventory_enabled"],
            "stock": 0,
            "price_net": 0,
            "price_gross": product["price_gross"],
            "old_price_net": None,
            "old_price_gross": None,
            "warehouses": [],
            **{key: value for key, value in fields.items() if key != "options"},
            "variant_options": options,
        }

    def _options(self, product, name):
        values = dict.fromkeys(
            pair["value"]
            for variant in product["variants"]
            for pair in variant["variant_options"]
            if pair["name"] == name
        )
        return [
            {"id": index, "value": value, "position": index, "available": True}
            for index, value in enumerate(values, 1)
        ]

    def _fill_tax_and_prices(self, product):
        tax = next((tax for tax in TAXES if tax["id"] == product["tax_id"]), TAXES[0])
        product["tax_value"], product["tax_name"] = tax["value"], tax["name"]
        for unit in [product, *product.get("variants", [])]:
            for prefix in ("", "old_"):
                if unit.get(f"{prefix}price_gross") is not None:
                    unit[f"{prefix}price_gross"] = money.gross(unit[f"{prefix}price_gross"])
                    unit[f"{prefix}price_net"] = money.net_of(
                        unit[f"{prefix}price_gross"], tax["value"]
                    )
                elif prefix:
                    unit["old_price_net"] = None

    # The API's writes

    def create(self, values, query):
        values = check_writable(values, WRITABLE, query)
        if not values.get("name"):
            raise ApiError(400, "validation", "`name` is required")
        return self.add(self._with_gross(values, {"tax_id": 1}))

    def update(self, product_id, values, query):
        product = self.get(product_id)
        values = check_writable(values, WRITABLE, query)
        refused = NOT_ON_PARENT & set(values)
        if product["type"] == "multi_variant" and refused:
            names = ", ".join(sorted(refused))
            raise ApiError(400, "validation", f"Not allowed on a product with variants: {names}")
        # Pictures are added, never replaced.
        pictures = [self._image(each) for each in values.pop("images", [])]
        product["images"] = [*product["images"], *pictures]
        for row in values.pop("variants", []):
            self._update_variant(product, row)
        product.update(self._with_gross(values, product), date_modified=now())
        self._fill_tax_and_prices(product)
        self._store.put("product", product)
        return product

    def _update_variant(self, product, values):
        if product["type"] != "multi_variant":
            raise ApiError(400, "validation", "Only a product of type multi_variant has variants")
        known = next((v for v in product["variants"] if v["id"] == values.get("id")), None)
        if known:
            known.update(self._with_gross(values, product))
        else:
            product["variants"].append(self._variant(product, dict(values)))

    def _image(self, values):
        image_id = self._store.next_id("image", 500)
        return {
            "id": image_id,
            "url": values.get("url") or f"{self.base_url}/img/{image_id}.png",
            "caption": values.get("caption"),
            "name": f"{image_id}",
            "hash": f"{image_id:032x}",
            "extension": "png",
            "dimensions": {"l": {"h": 400, "w": 400}},
        }

    def _with_gross(self, values, product):
        """A net price alone decides the gross one."""
        tax = next((t["value"] for t in TAXES if t["id"] == product["tax_id"]), 21)
        values = dict(values)
        for prefix in ("", "old_"):
            for name in (f"{prefix}price_gross", f"{prefix}price_net"):
                if values.get(name) == "":
                    values[name] = None
            if f"{prefix}price_net" in values and f"{prefix}price_gross" not in values:
                net = values[f"{prefix}price_net"]
                values[f"{prefix}price_gross"] = net and money.gross_of(net, tax)
        return values

    def get(self, product_id):
        product = self._store.get("product", product_id)
        if not product:
            raise ApiError(404, "not_found", "Product not found")
        return product

    # Inventory

    def unit(self, column, value):
        """(product, the product or variant with this id, sku or ean)."""
        keys = self._store.unit_keys(column, value) if column in ("id", "sku", "ean") else None
        if not keys:
            raise ApiError(404, "not_found", "Inventory item not found")
        product = self._store.get("product", keys[0])
        units = [product, *product.get("variants", [])]
        return product, next(unit for unit in units if str(unit["id"]) == keys[1])

    def inventory(self, column, value, query):
        return self._inventory_row(*self.unit(column, value), query)

    def _inventory_row(self, product, unit, query):
        row = {key: unit.get(key) for key in sorted(INVENTORY | {"warehouses"})}
        row["name"] = product["name"]
        fields = set(filter(None, query.get("fields", "").split(",")))
        return {key: value for key, value in row.items() if not fields or key in fields}

    def update_inventory(self, column, value, values, query):
        product, unit = self.unit(column, value)
        values = check_writable(values, INVENTORY, query)
        if unit is product and product["type"] == "multi_variant":
            raise ApiError(400, "validation", "Not allowed on a product with variants")
        for key in set(values) & {"stock", "price_gross", "price_net"}:
            if isinstance(values[key], bool) or not isinstance(values[key], int | float):
                raise ApiError(400, "validation", f"`{key}` must be a number")
        unit.update(self._with_gross(values, product))
        product["date_modified"] = now()
        self._fill_tax_and_prices(product)
        self._store.put("product", product)
        return self._inventory_row(product, unit, query)

    # Categories

    def create_category(self, values, query):
        values = check_writable(values, CATEGORY_WRITABLE, query)
        if not values.get("name"):
            raise ApiError(400, "validation", "`name` is required")
        return self.add_category(values.pop("name"), values.pop("parent_id", 0), **values)

    def update_category(self, category_id, values, query):
        category = self._store.get("category", category_id)
        if not category:
            raise ApiError(404, "not_found", "Category not found")
        category.update(check_writable(values, CATEGORY_WRITABLE, query))
        self._store.put("category", category)
        return category

    def with_subcategories(self, categories):
        """The categories with the ids of those right below each, which no write tells."""
        below = collections.defaultdict(list)
        for each in self._store.all("category"):
            below[each["parent_id"]].append(each["id"])
        return [{**each, "subcategories": below[each["id"]]} for each in categories]
