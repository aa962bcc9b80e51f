"""Collections: filters, order, paging, field selection, and the envelope around them."""

import datetime
import re

from .errors import ApiError

DEFAULT, LARGEST = 20, 100
FILTERS = {
    "product": {"id", "status", "is_new", "category_id", "modified"},
    "category": {"id", "status", "parent_id"},
    "order": {
        "id",
        "ids",
        "created_after",
        "created_before",
        "created",
        "shipping_status",
        "payment_status",
        "payment_method_code",
        "shipping_substatus_id",
    },
}
# Fields a list leaves out unless they are asked for with `include`.
INCLUDED = {
    "product": {"variants", "images", "meta_links"},
    "category": {"subcategories", "meta_links"},
    "order": {"line_items", "tags", "rma_orders"},
}
CONTROL = {"start", "limit", "fields", "include", "sort"}


def collection(kind, store, path, query, completed=None):
    """The envelope for a list request; raises ApiError for a filter that does not exist.
    `completed` gives the page's records with what is not stored in them."""
    filters = {key: value for key, value in query.items() if key not in CONTROL}
    for key in filters:
        name = re.sub(r"\[.*", "", key)
        if not _is_filter(kind, key, name):
            raise ApiError(400, "undefined_filter", f"No such filter `{name}` defined")
    start, limit = _number(query, "start", 0), _number(query, "limit", DEFAULT)
    limit = min(limit, LARGEST)
    page, total = _page(kind, store, filters, query.get("sort"), start, limit)
    page = completed(page) if completed else page
    following = start + limit if start + limit < total else None
    return {
        "data": [shape(kind, record, query) for record in page],
        "meta": {
            "count": {"total": total, "current": len(page), "start": start, "limit": limit},
            "links": {
                "current": f"{path}?start={start}&limit={limit}",
                "next": following and f"{path}?start={following}&limit={limit}",
            },
        },
    }


def shape(kind, record, query):
    """The record with the fields that the request gets."""
    include = set(filter(None, query.get("include", "").split(",")))
    unknown = include - INCLUDED[kind]
    if unknown:
        raise ApiError(400, "undefined_include", f"Cannot include `{', '.join(sorted(unknown))}`")
    hidden = INCLUDED[kind] - include
    fields = set(filter(None, query.get("fields", "").split(",")))
    return {
        key: value
        for key, value in record.items()
        if key not in hidden and not key.startswith("_") and (not fields or key in fields | include)
    }


def _page(kind, store, filters, sort, start, limit):
    """(the records of a page, the number of all). Only a list with filters reads everything;
    that of orders always has one: what is not listed."""
    field, descending = _sort(sort)
    if not filters and kind != "order":
        return store.page(kind, start, limit, field, descending), store.count(kind)
    found = [record for record in store.all(kind) if _passes(kind, record, filters)]
    if field:
        found.sort(key=lambda record: str(record.get(field) or ""), reverse=descending)
    return found[start : start + limit], len(found)


def _is_filter(kind, key, name):
    if kind == "product" and name == "meta_fields":
        return True
    return name in FILTERS[kind] and ("[" not in key or name in ("created", "modified"))


def _number(query, key, default):
    value = query.get(key)
    if value is None:
        return default
    if not value.isdigit():
        raise ApiError(400, "invalid_parameter", f"`{key}` must be a number")
    return int(value)


def _passes(kind, record, filters):
    if record.get("_unlisted") and not {"id", "ids"} & set(filters):
        return False
    for key, value in filters.items():
        name, _bracket, operator = key.partition("[")
        operator = operator.rstrip("]")
        if name == "ids":
            if str(record["id"]) not in value.split(","):
                return False
        elif name in ("created_after", "created_before", "created", "modified"):
            if not _date_passes(record, name, operator, value):
                return False
        elif name == "meta_fields":
            if str((record.get("meta_fields") or {}).get(operator)) != value:
                return False
        elif name == "is_new":
            if bool(record.get("is_new")) != (value == "true"):
                return False
        elif str(record.get(name)) != value:
            return False
    return True


def _date_passes(record, name, operator, value):
    """Dates are compared by day, in the shop's time."""
    field = "date_modified" if name == "modified" else "date_created"
    try:
        wanted = datetime.date.fromisoformat(value[:10])
    except ValueError:
        raise ApiError(400, "invalid_filter", f"`{name}` must be a date") from None
    day = datetime.date.fromisoformat(record[field][:10])
    operator = {"created_after": "gte", "created_before": "lte"}.get(name, operator)
    return {
        "gt": day > wanted,
        "gte": day >= wanted,
        "lt": day < wanted,
        "lte": day <= wanted,
    }.get(operator, day == wanted)


def _sort(sort):
    """(field or None, whether descending) of a `sort` parameter."""
    if not sort:
        return None, False
    field, _dot, direction = sort.partition(".")
    if field not in ("id", "name", "date_created", "date_modified", "created"):
        raise ApiError(400, "undefined_sort", f"Cannot sort by `{field}`")
    return field, direction == "desc"
