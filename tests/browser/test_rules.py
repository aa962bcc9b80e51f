"""A manager switches a ready-made set on; an order goes through it, and what failed of it is
retried on the order. SCREENSHOTS=folder keeps pictures."""

import os
import pathlib

from waiting import wait_until

RUN = """
SELECT r.state FROM merchantpro_rule_run r
  JOIN merchantpro_rule u ON u.id = r.rule_id AND u.set_key = 'cash:in_process'
  JOIN sale_order s ON s.id = r.order_id
  JOIN merchantpro_order o ON o.id = s.merchantpro_order_id AND o.external_id = '{number}'
"""
# As a courier would have said it.
FAIL = """
run = env["merchantpro.rule.run"].search([
    ("rule_id.set_key", "=", "cash:in_process"), ("order_id.merchantpro_number", "=", "{number}")])
run.write({{"state": "failed", "problem": "The site was tired."}})
"""
RIBBON = "[name=rules_failed]:visible"


def keep(visit, name):
    if folder := os.environ.get("SCREENSHOTS"):
        visit.save(pathlib.Path(folder) / f"rules-{name}.png")


def test_a_set_is_switched_on_and_what_failed_is_retried_on_the_order(erp, site, admin):
    page = admin.page
    admin.open("merchantpro_shop_action")
    admin.open_row(".o_data_cell")
    page.locator(".o_notebook a[name=documents]").click()
    page.locator("button[name=action_use_cash_set]").scroll_into_view_if_needed()
    keep(admin, "shop")
    admin.press("action_use_cash_set")
    page.locator(".modal-footer .btn-primary").click()
    admin._wait_for(".o_data_row .o_row_handle")
    keep(admin, "list")
    page.locator(".o_data_row td[name=name]").first.click()
    admin._wait_for(".o_form_sheet")
    keep(admin, "rule")

    # The order runs through it
    number = site.add_order([{"product_id": 1}])["id"]
    wait_until(lambda: erp.query(RUN.format(number=number)) == "done")
    erp.run(FAIL.format(number=number))
    admin.open("merchantpro_order_action")
    page.locator(f".o_data_row:has-text('{number}') .o_data_cell").first.click()
    admin._wait_for(".o_form_sheet")
    admin.press("action_open_sale", expect=RIBBON)
    assert "The site was tired." in page.locator(RIBBON).inner_text()
    keep(admin, "failed")

    # What ran, what waits, what failed; and what would
    admin.press("action_open_rule_runs", expect=".o_data_row td[name=rule_id]")
    keep(admin, "runs")
    page.go_back()
    admin._wait_for(RIBBON)
    page.locator(".o_cp_action_menus button:has(.fa-cog)").click()
    page.locator(".o-dropdown--menu .o_menu_item:has-text('What Would the Rules Do')").click()
    admin.press("action_show", expect=".o_data_row td[name=outcome]")
    keep(admin, "dry-run")
    page.go_back()
    admin._wait_for(RIBBON)
    admin.press("action_retry_rules", within="[name=rules_failed]")
    wait_until(lambda: erp.query(RUN.format(number=number)) == "done")
    page.locator(".o_form_view", has_text="The site was tired.").wait_for(state="detached")
