"""What changed between two states of an order's lines, and which lines here they are.

Lines of the site have no number that is kept when an order is edited. So a line is known by
what it is, and one that is found on both sides in the same form has not changed.
"""

from dataclasses import dataclass, fields

# How a line is found again that is not the same any more, best first.
ALIKE = (("product", "taxes", "name"), ("product", "taxes"), ("product", "name"), ("product",))


@dataclass(frozen=True)
class Row:
    """A line of a sales order. `price` is for one, VAT included."""

    product: int
    name: str
    quantity: float
    price: float
    taxes: tuple
    is_delivery: bool = False

    @property
    def total(self):
        return self.quantity * self.price

    def __str__(self):
        return f"{self.quantity:g} × {self.name.splitlines()[0]} ({self.price:.2f})"


class Digits:
    """Rows with the decimals that Odoo keeps."""

    def __init__(self, env):
        precision = env["decimal.precision"]
        self.price = precision.precision_get("Product Price")
        self.quantity = precision.precision_get("Product Unit")

    def of_values(self, values):
        """The Row of the values a sales order line is made from."""
        (_command, _id, taxes) = values["tax_ids"][0]
        return self._row(
            values["product_id"],
            values["name"],
            values["product_uom_qty"],
            values["price_unit"],
            taxes,
            values.get("is_delivery", False),
        )

    def of_line(self, line):
        return self._row(
            line.product_id.id,
            line.name,
            line.product_uom_qty,
            line.price_unit,
            line.tax_ids.ids,
            line.is_delivery,
        )

    def _row(self, product, name, quantity, price, taxes, is_delivery):
        return Row(
            product,
            name,
            round(quantity, self.quantity),
            round(price, self.price),
            tuple(sorted(taxes)),
            is_delivery,
        )


@dataclass(frozen=True)
class Edit:
    """One change: `before` is None for a line that was added, `after` for one that was removed.
    `line` is the key of the line here, `here` what it looks like; None if there is none."""

    before: Row | None
    after: Row | None
    line: object = None
    here: Row | None = None

    @property
    def fields(self):
        """Names of what changed."""
        names = (field.name for field in fields(Row))
        return [name for name in names if getattr(self.before, name) != getattr(self.after, name)]


def plan(before, after, lines):
    """[Edit] of what the site changed from the rows `before` to the rows `after` and what is not
    yet so in `lines` ({key: Row}), the lines here."""
    changed = _changed(before, after)
    left = dict(lines)
    # The unchanged lines come first, so that none of them is taken for a changed one.
    for key in _claim(_less(before, [old for old, _new in changed if old]), lines):
        left.pop(key, None)
    todo = []
    for old, new in changed:
        same = next((key for key, row in left.items() if row == new), None)
        if same is not None and old not in left.values():
            del left[same]  # somebody did it here already
        else:
            todo.append((old, new))
    keys = iter(_claim([old for old, _new in todo if old], left))
    found = [Edit(old, new, key := next(keys) if old else None, left.get(key)) for old, new in todo]
    return [edit for edit in found if edit.after or edit.here]


def _changed(before, after):
    """[(Row before or None, Row after or None)] of what is not the same in two lists of rows."""
    gone, come = _less(before, after), _less(after, before)
    pairs = []
    for names in ALIKE:
        for row in list(gone):
            found = next((each for each in come if _alike(row, each, names)), None)
            if found:
                gone.remove(row)
                come.remove(found)
                pairs.append((row, found))
    return pairs + [(row, None) for row in gone] + [(None, row) for row in come]


def _less(rows, others):
    """`rows` without those of `others`, one for one."""
    left = list(rows)
    for row in others:
        if row in left:
            left.remove(row)
    return left


def _claim(rows, lines):
    """For each row the key of the line ({key: Row}) that it is, or None; no line is two rows.
    Those that are the same come first, then those that somebody changed here."""
    left, found = dict(lines), [None] * len(rows)
    for names in (tuple(field.name for field in fields(Row)), *ALIKE):
        for index, row in enumerate(rows):
            if found[index] is None:
                key = next((key for key, each in left.items() if _alike(row, each, names)), None)
                if key is not None:
                    found[index] = key
                    del left[key]
    return found


def _alike(row, other, names):
    return all(getattr(row, name) == getattr(other, name) for name in names)
