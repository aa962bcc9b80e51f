"""What an action of a rule may say instead of doing its work."""


class TryLater(Exception):
    """It could not be done now for a reason that passes by itself: args[0] in words."""


class NotYet(Exception):
    """The order does not match what the rule waits for."""


class NotNeeded(Exception):
    """There is nothing to do for this order: args[0] in words."""
