"""Programs that only a system package gives: the browser and the PDF renderer."""

import shutil
import time

from .steps import install_system, report


def browser():
    """Path of Chromium, installed if need be."""
    return _program("chromium", ["chromium"])


def pdf_renderer():
    return _program("wkhtmltopdf", ["wkhtmltopdf"])


def _program(name, packages):
    found = shutil.which(name)
    if not found:
        started = time.monotonic()
        install_system(name, packages)
        report(name, "installed", time.monotonic() - started)
        found = shutil.which(name)
    return found
