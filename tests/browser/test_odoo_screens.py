"""Odoo's own screens in a browser, in both languages. SCREENSHOTS=folder keeps pictures."""

import os
import pathlib

import pytest


@pytest.mark.parametrize(
    ("login", "button"),
    [
        pytest.param("admin", "Shop Order", id="english"),
        pytest.param("maria", "Comandă magazin", id="romanian"),
    ],
)
def test_screens_open_without_a_complaint(visit, erp, login, button):
    clerk = visit(login, erp)
    seen = []
    for screen in clerk.tour():
        clerk.settle()
        if folder := os.environ.get("SCREENSHOTS"):
            clerk.save(pathlib.Path(folder) / f"{screen}-{login}.png")
        assert clerk.page.locator(".o_error_dialog").count() == 0, screen
        assert clerk.complaints == [], screen
        seen.append(screen)
    assert seen == ["shop", "marketplace-products", "orders", "held-order", "sale-order"]
    to_shop_order = clerk.page.locator("button[name=action_open_merchantpro_order]")
    assert button in to_shop_order.inner_text()
