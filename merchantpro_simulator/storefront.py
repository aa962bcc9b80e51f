"""The shop as its customers see it: products, a basket, and an order form."""

import pathlib
import re

import jinja2
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from . import pictures
from .errors import ApiError

TEMPLATES = pathlib.Path(__file__).parent / "templates"
PAGE = 60
SHIPPING = 19.99
BASKET = "basket"


class Storefront:
    def __init__(self, shop):
        self._shop = shop
        loader = jinja2.FileSystemLoader(TEMPLATES)
        self._templates = jinja2.Environment(loader=loader, autoescape=True)
        self._templates.filters["lei"] = lambda amount: f"{amount:.2f} lei"

    def answer(self, request):
        match (request.method, *request.path.strip("/").split("/")):
            case ("GET", ""):
                return self._home(request)
            case ("GET", "product", number):
                return self._product(request, number)
            case ("GET", "img", name):
                return self._picture(request.path, name.removesuffix(".png"))
            case ("GET", "basket"):
                return self._show_basket(request, self._lines(request))
            case ("POST", "basket"):
                return self._add(request)
            case ("POST", "checkout"):
                return self._checkout(request)
            case ("GET", "thanks", number):
                return self._thanks(request, number)
        return Response("Pagina nu există", 404)

    def _page(self, name, request, status=200, **values):
        count = sum(self._basket(request).values())
        html = self._templates.get_template(name).render(count=count, **values)
        return Response(html, status, content_type="text/html; charset=utf-8")

    def _home(self, request):
        store, wanted = self._shop.store, request.args.get("q", "").lower()
        category = request.args.get("category", "")
        found = [
            product
            for product in store.all("product")
            if product["status"] == "active"
            and wanted in f"{product['name']} {product['sku']}".lower()
            and (not category or product["category_name"] == category)
        ]
        names = sorted({product["category_name"] or "" for product in store.all("product")})
        return self._page(
            "home.html",
            request,
            products=[(product, self._units(product)) for product in found[:PAGE]],
            categories=names,
            total=len(found),
        )

    def _units(self, product):
        return product.get("variants") or [product]

    def _product(self, request, number):
        product = self._shop.store.get("product", number)
        if not product:
            return Response("Produsul nu există", 404)
        return self._page("product.html", request, product=product, units=self._units(product))

    def _picture(self, path, number):
        self._shop.picture_requests.append(path)
        return self._faulty_picture(path) or self._drawn(number)

    def _faulty_picture(self, path):
        def hit(name):
            return self._shop.faults.hit(name, "GET", path)

        if options := hit("picture_slow"):
            self._shop.faults.wait(options)
        if hit("picture_is_html"):
            return Response("<!DOCTYPE html><p>Eroare</p>", content_type="image/png")
        if hit("picture_busy"):
            return Response("Reveniți", 503)
        if hit("picture_missing"):
            return Response("Imaginea nu există", 404)
        if options := hit("picture_redirect"):
            return redirect(options["location"])
        return None

    def _drawn(self, number):
        product = self._shop.store.get("product", number) or {"name": "?"}
        picture = pictures.draw(int(number) if number.isdigit() else 0, product["name"])
        return Response(picture, content_type="image/png", headers={"Cache-Control": "max-age=600"})

    # Basket: {unit id: quantity} in a cookie as 7101:2|7201:1, which needs no quotes: not every
    # client sends those back as it got them

    def _basket(self, request):
        found = re.findall(r"([0-9]{1,18}):([0-9]{1,9})", request.cookies.get(BASKET, ""))
        return {unit: int(quantity) for unit, quantity in found if int(quantity)}

    def _with_basket(self, response, basket):
        value = "|".join(f"{unit}:{quantity}" for unit, quantity in basket.items())
        response.set_cookie(BASKET, value, samesite="Lax")
        return response

    def _add(self, request):
        basket = self._basket(request)
        unit = request.form.get("unit", "")
        quantity = request.form.get("quantity", "1")
        if unit.isdecimal() and quantity.isdecimal():
            basket[unit] = basket.get(unit, 0) + int(quantity)
        return self._with_basket(redirect("/basket", 303), basket)

    def _show_basket(self, request, lines, status=200, **values):
        goods = sum(line["unit"]["price_gross"] * line["quantity"] for line in lines)
        values |= {"lines": lines, "shipping": SHIPPING, "total": goods + SHIPPING}
        return self._page("basket.html", request, status, **values)

    def _lines(self, request):
        lines = []
        for unit_id, quantity in self._basket(request).items():
            try:
                product, unit = self._shop.products.unit("id", unit_id)
            except ApiError:
                continue  # sold out and deleted since it was put in the basket
            lines.append({"product": product, "unit": unit, "quantity": quantity})
        return lines

    def _checkout(self, request):
        with self._shop.store.lock:
            lines = self._lines(request)
            problem = self._problem(lines, request.form)
            if problem:
                return self._show_basket(request, lines, 400, problem=problem)
            items = [{"product_id": e["unit"]["id"], "quantity": e["quantity"]} for e in lines]
            order = self._shop.orders.place(items, **self._header(request.form))
        return self._with_basket(redirect(f"/thanks/{order['id']}", 303), {})

    def _thanks(self, request, number):
        order = self._shop.store.get("order", number)
        if not order:
            return Response("Comanda nu există", 404)
        return self._page("thanks.html", request, order=order)

    def _problem(self, lines, form):
        if not lines:
            return "Coșul este gol."
        for each in lines:
            product, unit = each["product"], each["unit"]
            counted = unit["inventory_enabled"] == "on" and not product["allow_backorders"]
            if counted and unit["stock"] < each["quantity"]:
                return f"Stoc insuficient: {product['name']}"
        needed = ("name", "email", "phone", "city", "address")
        missing = [key for key in needed if not form.get(key)]
        return f"Completați: {', '.join(missing)}" if missing else ""

    def _header(self, form):
        method = form.get("payment", "cash_delivery")
        header = {
            "payment_method_code": method,
            "payment_status": "paid" if method == "euplatesc" else "awaiting",
            "shipping_amount": SHIPPING,
            "customer_email": form["email"],
            "customer_note": form.get("note") or None,
            "billing_name": form["name"],
            "billing_phone": form["phone"],
            "billing_state": form.get("county", ""),
            "billing_city": form["city"],
            "billing_address": form["address"],
            "billing_postal_code": form.get("postal_code", ""),
        }
        if form.get("company"):
            header.update(
                billing_type="company",
                billing_company_name=form["company"],
                billing_company_vat=form.get("vat", ""),
            )
        return header
