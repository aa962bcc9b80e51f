"""What a printer may say: of what it is sent, and of what it was sent before."""

import dataclasses


class PrinterAway(Exception):
    """It could not be reached and got nothing: what waits goes on waiting. args[0] in words."""


class PrintRefused(Exception):
    """It was reached and does not want this document. args[0] in words."""


class PrintUncertain(Exception):
    """It broke off in the middle: it may have the document. args[0] in words."""


@dataclasses.dataclass(frozen=True)
class Answer:
    """What became of a document: `printed`; `queued`, where the printer has it and goes on by
    itself; `failed`; `never`, where it did not get it; `unknown`, where it cannot tell."""

    state: str
    words: str = ""
