"""What a call to Sameday may end in, other than an answer."""


class SamedayError(Exception):
    """args[0]: what the courier says, or what went wrong, in a word (HTTP 500, ReadTimeout, or the
    part of the answer that is missing); never user name, password or token."""


class Refused(SamedayError):
    """It said no; nothing was made. `messages`: (field, message) pairs."""

    def __init__(self, words, messages=()):
        super().__init__(words)
        self.messages = list(messages)


class NotFound(Refused):
    """There is no such waybill, or nothing at this address."""


class Unauthorized(Refused):
    """User name or password are not taken."""


class Unavailable(SamedayError):
    """It was not reached, or it was only asked; nothing was made."""


class Uncertain(SamedayError):
    """Something was to be made, and no usable answer came."""


def messages_of(body):
    """(field, message) pairs of the tree in which refused fields are told: errors below
    "children" of any depth, an empty list where nothing is wrong; at times below "error"."""
    if isinstance(body, dict) and isinstance(body.get("error"), dict):
        body = body["error"]
    tree = body.get("errors") if isinstance(body, dict) else None
    return list(_walk(tree, ()))


def _walk(node, path):
    if isinstance(node, str):
        yield ".".join(path), node
    elif isinstance(node, list):
        for each in node:
            yield from _walk(each, path)
    elif isinstance(node, dict):
        yield from _walk(node.get("errors"), path)
        children = node.get("children")
        for name, child in children.items() if isinstance(children, dict) else ():
            yield from _walk(child, (*path, str(name)))


def in_words(body, status):
    """What a refusal says, for a person."""
    lines = [f"{field}: {message}" if field else message for field, message in messages_of(body)]
    if not lines and isinstance(body, dict):
        error = body.get("error")
        told = body.get("message") or (error.get("message") if isinstance(error, dict) else error)
        lines = [str(told)] if told else []
    return "\n".join(lines)[:2000] or f"HTTP {status}"
