"""Headless Chromium at the two places people look at: the shop's storefront and Odoo."""

import contextlib
import re
from decimal import Decimal

from playwright.sync_api import sync_playwright

from . import system

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
WINDOW = {"width": 1400, "height": 900}
PATIENCE = 60_000  # ms; the first page of a new database has its scripts and styles made first
# Debian leaves this file out of Odoo for its licence; Odoo tells so on every page.
KNOWN = "selfie_segmentation"
# Fonts, pictures, and what Odoo turns a wheel for.
ARRIVED = """
document.fonts.status == "loaded"
&& [...document.images].every(image => image.complete || image.loading == "lazy")
&& !document.querySelector(".fa-spin, .o_loading_indicator")
"""
# As a menu does it: the window's scripts are not begun anew, which takes seconds.
OPEN = """
([action, id]) => odoo.__WOWL_DEBUG__.root.env.services.action.doAction(
    action, {clearBreadcrumbs: true, ...(id && {viewType: "form", props: {resId: id}})})
"""
# The first screen anybody needs; Odoo's own would be Discuss, with all it loads.
START = "/odoo/action-cloudsales_merchantpro.merchantpro_shop_action"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@contextlib.contextmanager
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=system.browser(), args=FLAGS)
        with contextlib.closing(browser):
            yield browser


class Visit:
    """One person's window at `url`, with cookies of its own. `complaints` is what went wrong:
    answers with an error of the server, errors of scripts, errors in the console."""

    def __init__(self, browser, url):
        self.context = browser.new_context(
            viewport=WINDOW,
            base_url=url,
            locale="en-US",
            reduced_motion="reduce",
        )
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        self.complaints = []
        self.page.on("response", self._on_response)
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))

    def _on_response(self, response):
        if response.status >= 500:
            self.complaints.append(f"{response.status}: {response.url}")

    def _on_console(self, message):
        if message.type == "error" and KNOWN not in message.text:
            self.complaints.append(f"console: {message.text}")

    def settle(self):
        """Wait until everything in the window has arrived."""
        self.page.wait_for_function(ARRIVED)
        self.page.wait_for_timeout(300)  # what arrived may ask for more
        self.page.wait_for_function(ARRIVED)

    def save(self, path):
        """A picture of the window."""
        self.settle()
        self.page.screenshot(path=path, animations="disabled")

    def close(self):
        self.context.close()


class Storefront(Visit):
    """A customer."""

    def look(self, product, unit):
        """(stock, price) as the product's page shows them now."""
        self.page.goto(f"/product/{product}")
        form = self.page.locator(f'form[data-unit="{unit}"]')
        stock = form.locator(f"#stock-{unit}").inner_text()
        return int(stock.removeprefix("stoc: ")), self._amount(form.locator(".price"))

    def add(self, product, unit, quantity):
        """Put a product in the basket, which is then shown."""
        self.page.goto(f"/product/{product}")
        form = self.page.locator(f'form[data-unit="{unit}"]')
        form.locator("[name=quantity]").fill(str(quantity))
        form.locator(".add-to-basket").click()
        self.page.wait_for_url("**/basket")

    def fill_in(self, **fields):
        """Fill in the order form."""
        for name, value in fields.items():
            self.page.locator(f"form [name={name}]").fill(value)

    def total(self):
        """Of the basket, or of the order when it is confirmed."""
        return self._amount(self.page.locator("#total"))

    def order(self):
        """Send the order; its number as the confirmation shows it."""
        self.page.locator("#checkout").click()
        self.page.wait_for_url("**/thanks/*")
        return self.page.locator("#order-number").inner_text()

    def _amount(self, element):
        return Decimal(element.inner_text().removesuffix(" lei"))


class Odoo(Visit):
    """Somebody who works in Odoo, in whatever language: nothing here is found by its words."""

    def log_in(self, login, password):
        page = self.context.request.get("/web/login").text()
        form = {"login": login, "password": password, "csrf_token": TOKEN.search(page)[1]}
        self.context.request.post("/web/login", form=form, max_redirects=0)
        self.page.goto(START)
        self._wait_for(".o_main_navbar")

    def _wait_for(self, selector):
        """Until it is in the window, unless Odoo shows an error instead."""
        error = self.page.locator(".o_error_dialog")
        self.page.locator(selector).or_(error).first.wait_for()
        if error.count():
            raise AssertionError(error.inner_text())

    def open(self, action, expect=".o_data_row", record=None):
        """What an action shows, by its name; of another module than ours with the module's. The
        form of a record, by its id."""
        name = action if "." in action else f"cloudsales_merchantpro.{action}"
        self.page.evaluate(OPEN, [name, record])
        self._wait_for(expect)

    def open_row(self, holds):
        """The first row of a list in which the selector `holds` is found."""
        self.page.locator(f".o_data_row:has({holds}) .o_data_cell").first.click()
        self._wait_for(".o_form_sheet")

    def press(self, name, expect=None, within=""):
        """Press a button by its technical name, the first that can be seen; `expect`: what is in
        the window when it was obeyed."""
        button = self.page.locator(f"{within} button[name={name}]:visible").first
        button.click()
        if expect:
            self._wait_for(expect)

    def tour(self):
        """Go through the screens; the name of each while it is in the window."""
        self.open("merchantpro_shop_action")
        self.open_row(".o_data_cell")
        yield "shop"
        self.open("merchantpro_variant_action")
        yield "marketplace-products"
        self.open("merchantpro_order_action")
        # Some that were imported and some that were not.
        held = self.page.locator(".o_data_row .text-bg-warning").last
        held.evaluate("badge => badge.scrollIntoView({block: 'center'})")
        yield "orders"
        self.open_row(".text-bg-warning")
        yield "held-order"
        self.open("merchantpro_order_action")
        self.open_row(".text-bg-success")
        self.page.locator("button[name=action_open_sale]").click()
        self._wait_for("button[name=action_open_merchantpro_order]")
        yield "sale-order"

    def documents(self):
        """The same for what rules made of orders, where there are such."""
        self.open("merchantpro_rule_action")
        yield "rules"
        self.open("delivery_awb.action_delivery_awb", expect=".o_data_row, .o_kanban_record")
        yield "waybills"
        # What is printed already is filtered out at first.
        self.open("merchantpro_print_job_action", expect=".o_facet_remove")
        self.page.locator(".o_facet_remove").click()
        self._wait_for(".o_data_row")
        yield "printer-queue"
        self.open("merchantpro_alert_action")
        self.open_row(".o_data_cell")
        yield "message"
