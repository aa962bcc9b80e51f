"""When two names of the site and the ERP are the same name."""


def same(text):
    """A key: equal for texts that differ in case and spacing only."""
    return " ".join((text or "").split()).casefold()
