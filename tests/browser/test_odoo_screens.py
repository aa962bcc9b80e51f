"""Odoo's own screens in a browser, in both languages. SCREENSHOTS=folder keeps pictures."""

import os
import pathlib

import pytest


@pytest.mark.parametrize(
    ("login", "sale"),
    [
        pytest.param("admin", "Sales Order", id="english"),
        pytest.param("maria", "Comandă de vânzare", id="romanian"),
    ],
)
def test_screens_open_without_a_complaint(clerk, login, sale):
    clerk.log_in(login, login)
    seen = []
    for screen in clerk.tour():
        clerk.settle()
        if folder := os.environ.get("SCREENSHOTS"):
            clerk.save(pathlib.Path(folder) / f"{screen}-{login}.png")
        assert clerk.page.locator(".o_error_dialog").count() == 0, screen
        assert clerk.complaints == [], screen
        seen.append(screen)
    assert seen == ["shop", "marketplace-products", "orders", "held-order", "sale-order"]
    assert clerk.page.locator(".o_statusbar_status [aria-checked=true]").inner_text() == sale
