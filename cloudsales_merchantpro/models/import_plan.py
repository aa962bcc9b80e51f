"""What an import will do, row by row and in figures.

A plan is read from the staging list and the catalogue and writes nothing. The preview shows
it, the import carries it out: so the one is what the other says."""

from collections import Counter
from dataclasses import dataclass, field

from odoo import models

# What gets a row into the catalogue ...
DUE = ("link", "create", "variant", "join")
# ... and why the others are left.
LEFT = ("problem", "ambiguous", "no_code", "unmatched", "ignored", "gone")
ACTIONS = [
    ("link", "Link to the Product"),
    ("create", "Create a Product"),
    ("variant", "Create a Variant of a New Product"),
    ("join", "Add a Variant to the Product"),
    ("problem", "Left: Cannot Be Imported"),
    ("ambiguous", "Left: Ambiguous"),
    ("no_code", "Left: No Code"),
    ("unmatched", "Left: Not Matched"),
    ("ignored", "Left: Ignored"),
    ("gone", "Left: No Longer on the Site"),
    ("linked", "Already Linked"),
]
# The figures of a plan, in the order in which people read them.
FIGURES = (
    "link", "create", "family", "variant", "join",
    "attribute", "value", "category", "tax", "left", "linked",
)  # fmt: skip


@dataclass(eq=False)
class Step:
    """What becomes of one row."""

    row: models.Model
    action: str
    reason: str = ""  # why it is left
    notes: list = field(default_factory=list)  # it gets in, but
    product: models.Model | None = None  # to link to
    template: models.Model | None = None  # to join
    options: dict = field(default_factory=dict)  # {attribute as the site writes it: value}
    attributes: dict = field(default_factory=dict)  # {the same: id} where the template has it
    list_price: float = 0.0  # of the new product
    extras: dict = field(default_factory=dict)  # {the same: extra price of its value}
    match_field: str = ""  # how the product of a row that was not matched was found
    barcode: str = ""  # its EAN, if it is free
    stale: bool = False  # to be matched again

    @property
    def due(self):
        return self.action in DUE

    @property
    def key(self):
        """Equal keys, equal deeds: what was previewed and what would be done now compare."""
        target = self.product or self.template
        return f"{self.action}:{target.id if target else ''}"

    def changed_reason(self):
        """Words for a step that is not what was planned for its row."""
        field = self.row.env["merchantpro.import.preview.line"]._fields["action"]
        now = self.reason or dict(field._description_selection(self.row.env))[self.action]
        if not self.due:
            return now
        return self.row.env._(
            "It changed since the preview, so it was left. Now it would be: %s", now
        )

    def implied_values(self):
        """Of the template's other attributes, which have one value each."""
        named = set(self.attributes.values())
        lines = self.template.attribute_line_ids._without_no_variant_attributes()
        return lines.filtered(lambda line: line.attribute_id.id not in named).value_ids.ids

    def note_price(self):
        """Odoo has no price of a variant, only extra prices of its attribute values."""
        text = self.row.env._(
            "Its price on the site is %s; the extra prices of its attribute values do not give it.",
            self.row.price_gross,
        )
        self.notes.append(text)

    def leave(self, action, reason=""):
        self.action, self.reason = action, reason
        self.product = self.template = None


@dataclass(eq=False)
class Plan:
    """The steps of some rows of one shop, and what of the catalogue they share."""

    env: object  # what it was read in, and is carried out in
    steps: list
    shared: object  # an import_shared.Shared

    @property
    def due(self):
        return [step for step in self.steps if step.due]

    def part(self, rows):
        """The plan of some of the rows."""
        ids = set(rows.ids)
        return Plan(self.env, [step for step in self.steps if step.row.id in ids], self.shared)

    def families(self):
        """[(page, its steps)] of the products to create: one product a page, or one a row
        where the ERP keeps each variant as a product of its own."""
        found = {}
        for step in self.steps:
            if step.action == "variant":
                found.setdefault((step.row.parent_id, None), []).append(step)
            elif step.action == "create":
                found[step.row.parent_id, step.row] = [step]
        return [(page, steps) for (page, _row), steps in found.items()]

    def figures(self):
        """{figure: count}, of FIGURES."""
        count = Counter(step.action for step in self.steps)
        return {
            **{action: count[action] for action in (*DUE, "linked")},
            "family": len({step.row.parent_id for step in self.steps if step.action == "variant"}),
            "left": sum(count[action] for action in LEFT),
            **self.shared.missing(self),
        }

    def leave_changed(self, planned):
        """Leave the steps that are not those of `planned`, {row id: key}; returns them."""
        changed = [step for step in self.steps if step.key != planned.get(step.row.id)]
        for step in changed:
            # The row, a sister or the ERP changed meanwhile: nobody saw this.
            step.leave("problem", step.changed_reason())
        return changed

    def keep_reasons(self):
        """Write on the rows that cannot be imported why, where they do not say so yet. Those
        that are to be matched again are."""
        self.env["merchantpro.variant"].browse(s.row.id for s in self.steps if s.stale).match()
        reasons = {}
        for step in self.steps:
            if step.action == "problem" and step.row.import_error != step.reason:
                reasons.setdefault(step.reason, []).append(step.row.id)
        for reason, ids in reasons.items():
            self.env["merchantpro.variant"].browse(ids).import_error = reason
