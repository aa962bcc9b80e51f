"""The variants of one page: which make a new product, which join the one that is there.

What the site tells about a variant may be too little, or the same as about its sister; then
it cannot become a variant, and the row says why. The others do."""

from collections import Counter

from .import_words import same


class Family:
    def __init__(self, page, sisters, templates, shared):
        """`templates` are those of the page's rows that have, or get, a product here."""
        self.env = page.env
        self._page = page
        self._sisters = sisters.filtered(lambda row: row.on_site and row.match_state != "ignored")
        self._templates = templates
        self._shared = shared
        self._shape = self._usual_shape()
        self._repeated = self._repeated_options()

    def _usual_shape(self):
        """The attributes that most of the page's variants name."""
        shapes = Counter(frozenset(_keys(row)) for row in self._sisters if row.options)
        return max(shapes, key=lambda shape: (shapes[shape], len(shape)), default=frozenset())

    def _repeated_options(self):
        combinations = Counter(_combination(row) for row in self._sisters if row.options)
        return {each for each, count in combinations.items() if count > 1}

    def decide(self, steps, taken):
        """Settle the steps of the page's new rows. `taken` are ids of products that other rows
        of the shop are linked to."""
        for step in steps:
            problem = self._problem(step.row)
            if problem:
                step.leave("problem", problem)
            elif not self._templates:
                self._make(step)
            elif not any(has_variants(template) for template in self._templates):
                step.action = "create"  # the ERP keeps each variant as a product of its own
            elif len(self._templates) > 1:
                names = ", ".join(self._templates.mapped("display_name"))
                reason = self.env._("Variants of its page belong to several products: %s", names)
                step.leave("problem", reason)
            else:
                Joining(self._templates, self._shared, taken).decide(step)

    def _problem(self, row):
        """Why the row cannot be told from its sisters; "" if it can."""
        if not row.options:
            if len(self._sisters) == 1 and not self._templates:
                return ""
            return self.env._("The site tells no options, but the page has more variants.")
        names = _keys(row)
        if len(names) > len(set(names)):
            return self.env._("The site tells two values of one attribute.")
        if _combination(row) in self._repeated:
            return self.env._("Another variant of the page has the same options: %s", _words(row))
        if set(names) != self._shape:
            return self.env._("The other variants of the page have other attributes.")
        return ""

    def _make(self, step):
        if not step.row.options:
            return
        for name, _value in step.row.options:
            if self._shared.attributes.makes_no_variants(name):
                reason = self.env._(
                    "The attribute %s is set to never make variants, so it cannot tell these"
                    " variants apart.",
                    name,
                )
                step.leave("problem", reason)
                return
        step.action, step.options = "variant", dict(step.row.options)


class Joining:
    """A missing variant and the product that its sisters belong to."""

    def __init__(self, template, shared, taken):
        self.env = template.env
        self._template, self._shared, self._taken = template, shared, taken

    def decide(self, step):
        lines = self._lines_of(step)
        if lines is None:
            return
        values = self._values(step, lines)
        if values is None:
            return
        product = self._existing(values)
        if not product:
            step.action, step.template, step.options = (
                "join",
                self._template,
                dict(step.row.options),
            )
            step.attributes = {name: line.attribute_id.id for name, line in lines.items()}
        elif product.id in self._taken:
            reason = self.env._("%s belongs to another row of the site too.", product.display_name)
            step.leave("problem", reason)
        elif not product.active:
            step.leave("problem", self.env._("The product is archived: %s", product.display_name))
        else:
            step.action, step.product, step.match_field = "link", product, "options"

    def _lines_of(self, step):
        """{attribute as the site writes it: attribute line of the template}; None: refused."""
        lines = {}
        for name, _value in step.row.options:
            ids = self._shared.attributes.ids(name)
            line = _lines(self._template).filtered(
                lambda each, ids=ids: each.attribute_id.id in ids
            )
            if not line:
                reason = self.env._(
                    "%(product)s has no attribute %(attribute)s; add it, then import again.",
                    product=self._template.display_name,
                    attribute=name,
                )
                step.leave("problem", reason)
                return None
            lines[name] = line[:1]
        return lines

    def _values(self, step, lines):
        """The values of the variant, None among them for those to be made; None: refused."""
        options = dict(step.row.options)
        values = {
            self._shared.attributes.value(line.attribute_id.id, options[name])
            for name, line in lines.items()
        }
        named = {line.id for line in lines.values()}
        for line in _lines(self._template):
            if line.id in named:
                continue
            if len(line.value_ids) > 1:
                reason = self.env._(
                    "%(product)s has the attribute %(attribute)s, which the site does not tell.",
                    product=self._template.display_name,
                    attribute=line.attribute_id.name,
                )
                step.leave("problem", reason)
                return None
            values.add(line.value_ids.id)
        return values

    def _existing(self, values):
        variants = self._template.with_context(active_test=False).product_variant_ids
        for product in variants.sorted("active", reverse=True):
            combination = product.product_template_attribute_value_ids
            if set(combination.product_attribute_value_id.ids) == values:
                return product
        return None


def has_variants(template):
    """It has attributes that make variants, though it may have one variant yet."""
    return bool(_lines(template))


def _lines(template):
    """The attribute lines that make variants."""
    return template.attribute_line_ids._without_no_variant_attributes()


def _keys(row):
    return [same(name) for name, _value in row.options]


def _combination(row):
    return frozenset((same(name), same(value)) for name, value in row.options)


def _words(row):
    return ", ".join(value for _name, value in row.options)
