"""The product category that a site category means here: the one chosen for it, else one of
the same name under the same parent, else one to be made, with its parents."""

from .import_words import same


class Categories:
    def __init__(self, site_categories):
        """What there is of these `merchantpro.category` records: two queries."""
        self._env = site_categories.env
        above = {int(each) for path in site_categories.mapped("parent_path") if path
                 for each in path.split("/") if each}  # fmt: skip
        self._site = site_categories.browse(sorted(above | set(site_categories.ids)))
        self._site.fetch(["name", "parent_id", "category_id"])
        self._places = {}
        self._existing = self._read_existing() if site_categories else {}
        for category in self._site:
            self._place(category)

    def _read_existing(self):
        self._env["product.category"].flush_model(["name", "parent_id"])
        self._env.cr.execute("SELECT parent_id, name, id FROM product_category ORDER BY id DESC")
        return {(parent, same(name)): each for parent, name, each in self._env.cr.fetchall()}

    def _place(self, category):
        """The id of the product category; a (parent's place, name) where it is to be made."""
        if category not in self._places:
            place = category.category_id.id
            if not place:
                parent = self._place(category.parent_id) if category.parent_id else None
                place = (parent, same(category.name))
                place = self._existing.get(place, place)
            self._places[category] = place
        return self._places[category]

    def category_id(self, category):
        """The product category's id; None while it is to be made, or for no category."""
        place = self._places.get(category)
        return place if isinstance(place, int) else None

    def missing(self, categories):
        """{place: name} to be made for these site categories, parents before children."""
        names = {}
        for category in categories:
            chain = []
            while category and not isinstance(self._places[category], int):
                chain.append(category)
                category = category.parent_id
            for each in reversed(chain):
                names.setdefault(self._places[each], each.name)
        return names

    def make(self, categories):
        """Make what is missing, one create a level, and keep on each site category what it
        means from now on."""
        names, made = self.missing(categories), {}
        while names:
            level = {
                place: name
                for place, name in names.items()
                if not isinstance(place[0], tuple) or place[0] in made
            }
            parents = [made.get(place[0], place[0]) for place in level]
            created = self._env["product.category"].create(
                [
                    {"name": name, "parent_id": parent}
                    for name, parent in zip(level.values(), parents, strict=True)
                ]
            )
            made.update(zip(level, created.ids, strict=True))
            names = {place: name for place, name in names.items() if place not in level}
        for category in self._used(categories):
            place = self._places[category]
            self._places[category] = made.get(place, place)
            if not category.category_id:
                category.category_id = self._places[category]

    def _used(self, categories):
        used = categories
        while categories := categories.parent_id - used:
            used |= categories
        return used
