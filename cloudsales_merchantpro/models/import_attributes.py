"""The attributes and values that the site's variant options mean here.

Names are compared without case and in every language that they are translated into. An
attribute that never makes variants cannot tell variants apart, so it is not one of ours."""

from .import_words import same

QUERY = """
    SELECT a.id, a.create_variant = 'no_variant', names.value
      FROM product_attribute a, jsonb_each_text(a.name) names
     WHERE a.active
     ORDER BY a.create_variant != 'dynamic', a.sequence, a.id
"""
VALUES_QUERY = """
    SELECT v.attribute_id, v.id, names.value
      FROM product_attribute_value v, jsonb_each_text(v.name) names
     WHERE v.active AND v.attribute_id = ANY(%s)
     ORDER BY v.sequence DESC, v.id DESC
"""


class Attributes:
    def __init__(self, env, names):
        """What there is of the attributes called `names`: two queries."""
        self._env = env
        self._ids, self._idle = {}, set()
        wanted = {same(name) for name in names}
        env["product.attribute"].flush_model()
        env["product.attribute.value"].flush_model()
        env.cr.execute(QUERY)
        for attribute_id, idle, name in env.cr.fetchall():
            if same(name) in wanted and idle:
                self._idle.add(same(name))
            elif same(name) in wanted:
                self._ids.setdefault(same(name), {})[attribute_id] = None
        env.cr.execute(VALUES_QUERY, ([each for ids in self._ids.values() for each in ids],))
        self._values = {
            (attribute_id, same(name)): value_id
            for attribute_id, value_id, name in env.cr.fetchall()
        }

    def ids(self, name):
        """Attributes of this name that make variants, the most fitting first."""
        return list(self._ids.get(same(name), ()))

    def makes_no_variants(self, name):
        return not self.ids(name) and same(name) in self._idle

    def attribute(self, step, name):
        """The id of the attribute that `name` means for a Step; None: to be made."""
        return step.attributes.get(name) or next(iter(self.ids(name)), None)

    def value(self, attribute_id, value):
        return self._values.get((attribute_id, same(value)))

    def missing(self, steps):
        """({attribute: name}, {(attribute or its id, value): name}) to be made, names as the
        site writes them first."""
        attributes, values = {}, {}
        for step in steps:
            for name, value in step.options.items():
                attribute = self.attribute(step, name)
                if not attribute:
                    attributes.setdefault(same(name), name)
                if not attribute or not self.value(attribute, value):
                    values.setdefault((attribute or same(name), same(value)), value)
        return attributes, values

    def make(self, steps):
        """Make what is missing. `dynamic`: only the variants the site has come to be."""
        attributes, values = self.missing(steps)
        made = self._env["product.attribute"].create(
            [{"name": name, "create_variant": "dynamic"} for name in attributes.values()]
        )
        for key, attribute in zip(attributes, made, strict=True):
            self._ids.setdefault(key, {})[attribute.id] = None
        keys = [(self._id_of(attribute), value) for attribute, value in values]
        made = self._env["product.attribute.value"].create(
            [
                {"name": name, "attribute_id": attribute_id}
                for (attribute_id, _value), name in zip(keys, values.values(), strict=True)
            ]
        )
        self._values.update(zip(keys, made.ids, strict=True))

    def _id_of(self, attribute):
        return attribute if isinstance(attribute, int) else next(iter(self._ids[attribute]))
