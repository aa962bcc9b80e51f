"""What of the missing goods of one product in one warehouse is ordered, already coming, or open.

Every piece that comes is counted once: what was ordered for an order belongs to it, the rest of
what comes goes to who ordered first. For each demand, always:

    ordered + covered + excluded + open = missing

Pure arithmetic, without Odoo: quantities are floats in the unit of the product."""

from collections import defaultdict
from dataclasses import dataclass, field

DIGITS = 6


def near(quantity):
    return round(quantity, DIGITS) or 0.0


@dataclass(frozen=True)
class Demand:
    """Goods that leave the warehouse and are not reserved; `key` is of the sales order's line.
    `bought`: Odoo buys or makes exactly these (MTO), so what comes for them is theirs."""

    key: object
    missing: float
    bought: bool = False


@dataclass(frozen=True)
class Ordered:
    """The part of a purchase line that was ordered for a demand."""

    row: object
    key: object
    line: object
    quantity: float


@dataclass
class Line:
    """A purchase line and what is still to come of it."""

    remaining: float
    draft: bool = False


@dataclass
class Balance:
    """`left`, `trimmed` (no longer missing), `cut` (will not come): by row of an Ordered.
    `covered`: by demand {purchase line or None: quantity}; `excluded`, `open`: by demand."""

    left: dict = field(default_factory=dict)
    trimmed: dict = field(default_factory=lambda: defaultdict(float))
    cut: dict = field(default_factory=lambda: defaultdict(float))
    covered: dict = field(default_factory=dict)
    excluded: dict = field(default_factory=dict)
    open: dict = field(default_factory=dict)


def balance(demands, ordered, lines, free=0.0, excluded=None, resize=None):
    """`demands`: who ordered first comes first. `ordered`: oldest first. `lines`: {line: Line}.
    `free`: what lies there for nobody or comes without a purchase line. `excluded`: {key:
    quantity} that a person does not want ordered. `resize(line, trimmed)`: makes a draft line
    smaller, returns what is to come of it then."""
    result = Balance(left={each.row: each.quantity for each in ordered})
    missing = defaultdict(float)
    for demand in demands:
        missing[demand.key] += demand.missing
    _trim(result, ordered, missing)
    _shrink(result, ordered, lines, resize)
    _cut(result, ordered, lines, {demand.key: place for place, demand in enumerate(demands)})
    _share(result, demands, ordered, _pieces(result, ordered, lines, free), excluded or {})
    return result


def _trim(result, ordered, missing):
    """No more is kept ordered for a demand than it misses; the newest purchase gives way."""
    by_key = defaultdict(list)
    for each in ordered:
        by_key[each.key].append(each)
    for key, rows in by_key.items():
        surplus = near(sum(row.quantity for row in rows) - missing[key])
        _take(result, reversed(rows), surplus, result.trimmed)


def _shrink(result, ordered, lines, resize):
    by_line = defaultdict(float)
    for each in ordered:
        by_line[each.line] += result.trimmed.get(each.row, 0.0)
    for name, trimmed in by_line.items():
        line = lines.get(name)
        if trimmed and line and line.draft:
            smaller = max(near(line.remaining - trimmed), 0.0)
            line.remaining = resize(name, trimmed) if resize else smaller


def _cut(result, ordered, lines, places):
    """What will not come is kept for those who ordered first."""
    by_line = defaultdict(list)
    for each in ordered:
        by_line[each.line].append(each)
    for name, rows in by_line.items():
        remaining = lines[name].remaining if name in lines else 0.0
        surplus = near(sum(result.left[row.row] for row in rows) - remaining)
        rows.sort(key=lambda row: places.get(row.key, -1), reverse=True)
        _take(result, rows, surplus, result.cut)


def _take(result, rows, surplus, taken):
    for row in rows:
        if surplus <= 0:
            return
        part = min(result.left[row.row], surplus)
        if part:
            result.left[row.row] = near(result.left[row.row] - part)
            taken[row.row] = near(taken[row.row] + part)
            surplus = near(surplus - part)


def _pieces(result, ordered, lines, free):
    """[[purchase line or None, quantity]] that is nobody's yet, what is there first. A stock below
    zero swallows what comes."""
    kept = defaultdict(float)
    for each in ordered:
        kept[each.line] += result.left[each.row]
    pieces = [[None, max(free, 0.0)]]
    debt = max(-free, 0.0)
    for name, line in lines.items():
        rest = max(near(line.remaining - kept[name]), 0.0)
        paid = min(rest, debt)
        debt -= paid
        pieces.append([name, near(rest - paid)])
    return pieces


def _share(result, demands, ordered, pieces, excluded):
    kept = defaultdict(float)
    for each in ordered:
        kept[each.key] += result.left[each.row]
    for demand in sorted(demands, key=lambda each: not each.bought):
        mine = min(kept[demand.key], demand.missing)
        kept[demand.key] -= mine
        rest = near(demand.missing - mine)
        covered = {}
        for piece in pieces:
            part = near(min(piece[1], rest))
            if part > 0:
                piece[1] = near(piece[1] - part)
                rest = near(rest - part)
                covered[piece[0]] = part
        if demand.bought:
            continue
        without = near(min(excluded.get(demand.key, 0.0), rest))
        result.covered[demand.key] = covered
        result.excluded[demand.key] = without
        result.open[demand.key] = near(rest - without)
