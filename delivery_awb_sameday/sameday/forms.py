"""A nested dict as the pairs of a form body: {"a": {"b": [1]}} is a[b][0]=1."""


def pairs(form):
    """(key, text) pairs; what is None is left out."""
    return [pair for key, value in form.items() for pair in _below(key, value)]


def _below(key, value):
    if value is None:
        return
    if isinstance(value, dict):
        entries = value.items()
    elif isinstance(value, list | tuple):
        entries = enumerate(value)
    else:
        yield key, _text(value)
        return
    for name, each in entries:
        yield from _below(f"{key}[{name}]", each)


def _text(value):
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").rstrip(".")
    return str(value)
