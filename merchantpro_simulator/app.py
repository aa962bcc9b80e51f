"""Requests to the shop: the API below /api/v2, the control interface below /_simulator, the
storefront everywhere else."""

import json
import time
from urllib.parse import unquote, urlsplit

from werkzeug.wrappers import Request, Response

from . import batch, lists
from .errors import ApiError
from .products import TAXES, UNITS
from .storefront import Storefront

BUSY = "Operation could not be completed"
KINDS = {"products": "product", "categories": "category", "orders": "order"}


class Application:
    def __init__(self, shop):
        self._shop = shop
        self._storefront = Storefront(shop)

    def __call__(self, environ, start_response):
        request = Request(environ)
        if request.path.startswith("/api/v2/"):
            response = self._api(request)
        elif request.path.startswith("/_simulator/"):
            response = self._control(request)
        else:
            response = self._storefront.answer(request)
        return response(environ, start_response)

    # API

    def _api(self, request):
        path = request.path.removeprefix("/api/v2")
        body = request.get_data()
        try:
            response = self._faulty(request, path) or self._answer(request, path, body)
        except ApiError as error:
            response = _json(error.body, error.status)
            response.headers.update(error.headers)
        response = self._spoil(request.method, path, response)
        self._log(request.method, path, dict(request.args), _body(body), response.status_code)
        return response

    def _log(self, method, path, query, body, status, **more):
        call = {"at": time.time(), "method": method, "path": path, "query": query}
        self._shop.store.log({**call, "body": body, "status": status, **more})

    def _faulty(self, request, path):
        """The answer of a fault that strikes before anything is done."""
        hit = self._shop.faults.hit
        if options := hit("redirect", request.method, path):
            location = options.get("location", "https://www.shop.example")
            return Response(status=302, headers={"Location": location + request.full_path})
        if options := hit("slow", request.method, path):
            self._shop.faults.wait(options)
        for name, status in (("busy_500", 500), ("busy_400", 400)):
            if hit(name, request.method, path):
                return _json({"error": {"name": "error", "message": BUSY}}, status)
        return None

    def _spoil(self, method, path, response):
        """Faults of the answer: the work is done, the caller does not learn it."""
        hit = self._shop.faults.hit
        if response.status_code >= 300:
            return response
        if options := hit("late", method, path):
            self._shop.faults.wait(options)
        if hit("truncated", method, path):
            response.data = response.data[: len(response.data) // 2]
        if hit("wrong_types", method, path):
            response.data = b'{"data": "none", "meta": []}'
        if options := hit("huge", method, path):
            response.data = b'{"data": ["' + b"x" * options.get("bytes", 30_000_000) + b'"]}'
        if hit("dropped", method, path):
            # Announces more than it sends, then closes: requests sees a broken body.
            data = response.data
            response = Response(iter([data[:10]]), 200, {"Content-Length": str(len(data) + 1000)})
        return response

    def _answer(self, request, path, body):
        self._shop.gate.check(request.headers.get("Authorization"))
        whole = request.method == "POST" and path == "/batch"
        if not whole:
            self._shop.gate.spend(1)
        values = _body(body) if body else {}
        if not isinstance(values, dict):
            raise ApiError(400, "invalid_json", "The body is not a JSON object")
        if whole:
            return self._batch(values)
        self._refuse(request.method, path, values)
        # Split before decoding: a SKU may hold a slash.
        raw = urlsplit(request.environ["RAW_URI"]).path.removeprefix("/api/v2")
        parts = [unquote(part) for part in raw.strip("/").split("/")]
        query = request.args.to_dict()
        with self._shop.store.lock:
            return self._route(request.method, parts, query, values, path)

    def _refuse(self, method, path, values):
        if options := self._shop.faults.hit("refused", method, path, values):
            raise ApiError(400, "validation", options.get("words", "Invalid value"))

    def _batch(self, values):
        """Do the requests one after the other, each for itself."""
        requests = batch.requests_of(values)
        self._shop.gate.spend_batch(len(requests))
        return _json([self._batched(*batch.parsed(each)) for each in requests])

    def _batched(self, method, path, parts, query, body):
        try:
            self._refuse(method, path, body or {})
            with self._shop.store.lock:
                answer = self._route(method, parts, query, body or {}, path)
            status, told = answer.status_code, _body(answer.get_data())
        except ApiError as error:
            status, told = error.status, error.body
        self._log(method, path, query, body, status, batched=True)
        return {"status": status, "body": told}

    def _route(self, method, parts, query, values, path):
        match (method, *parts):
            case ("GET", "taxonomy", "taxes"):
                return _json(TAXES)
            case ("GET", "taxonomy", "measurement_units"):
                return _json(UNITS)
            case ("GET", ("products" | "categories" | "orders") as resource):
                return self._list(KINDS[resource], path, query)
            case ("GET", "products", product_id, "images"):
                return _json(self._shop.products.get(product_id)["images"])
            case ("GET", ("products" | "categories" | "orders") as resource, record_id):
                return self._one(KINDS[resource], record_id, query)
            case ("GET", "inventory", column, value):
                return _json(self._shop.products.inventory(column, value, query))
            case ("DELETE", ("products" | "categories" | "orders") as resource, record_id):
                self._one(KINDS[resource], record_id, {})
                self._shop.store.delete(KINDS[resource], record_id)
                return Response(status=204)
        return self._write(method, parts, query, values)

    def _write(self, method, parts, query, values):
        products, orders = self._shop.products, self._shop.orders
        match (method, *parts):
            case ("POST", "products"):
                return _json(products.create(values, query), 201)
            case ("PATCH", "products", product_id):
                return _json(products.update(product_id, values, query))
            case ("PATCH", "inventory", column, value):
                return _json(products.update_inventory(column, value, values, query))
            case ("POST", "categories"):
                return _json(products.create_category(values, query), 201)
            case ("PATCH", "categories", category_id):
                return _json(products.update_category(category_id, values, query))
            case ("POST", "orders"):
                return _json(orders.create(values, query), 201)
            case ("PATCH", "orders", order_id):
                return _json(orders.update(order_id, values, query))
            case ("POST", "orders", order_id, "tags"):
                return _json(orders.add_tag(order_id, values.get("name")), 201)
            case ("PATCH", "orders", order_id, action):
                return _json(orders.act(order_id, action))
            case (_, ("products" | "categories" | "orders" | "inventory" | "taxonomy"), *_rest):
                raise ApiError(405, "method_not_allowed", "Method not allowed")
        raise ApiError(404, "not_found", "No such resource")

    def _list(self, kind, path, query):
        shop = self._shop
        completed = shop.products.with_subcategories if kind == "category" else None
        answer = lists.collection(kind, shop.store, f"/api/v2{path}", query, completed)
        if kind == "order" and shop.faults.hit("order_between_pages", "GET", path):
            newest = shop.store.all("product")[0]
            unit = (newest.get("variants") or [newest])[0]
            shop.orders.place([{"product_id": unit["id"]}], notify=False)
        return _json(answer)

    def _one(self, kind, record_id, query):
        record = self._shop.store.get(kind, record_id)
        if not record:
            raise ApiError(404, "not_found", f"{kind.capitalize()} not found")
        if kind == "category":
            (record,) = self._shop.products.with_subcategories([record])
        query = {"include": ",".join(lists.INCLUDED[kind]), **query}
        return _json(lists.shape(kind, record, query))

    # Control, for another process

    def _control(self, request):
        shop = self._shop
        values = request.get_json(silent=True) or {}
        match (request.method, *request.path.strip("/").split("/")[1:]):
            case ("GET", "calls"):
                return _json(shop.calls)
            case ("DELETE", "calls"):
                shop.clear_calls()
                return _json({})
            case ("POST", "faults"):
                shop.faults.set(values.pop("name"), **values)
                return _json({})
            case ("DELETE", "faults"):
                shop.faults.clear()
                return _json({})
            case ("POST", "orders"):
                return _json(shop.add_order(values.pop("lines"), **values), 201)
            case ("POST", "products"):
                return _json(shop.add_product(**values), 201)
            case ("POST", "webhook"):
                shop.webhooks.url, shop.webhooks.secret = values["url"], values["secret"]
                shop.webhooks.disabled = False
                return _json({})
            case ("GET", "state"):
                kinds = ("category", "product", "order")
                return _json({kind: shop.store.count(kind) for kind in kinds})
        return _json({}, 404)


def _body(data):
    """The JSON of a request's body, or None."""
    try:
        return json.loads(data)
    except ValueError:
        return None


def _json(value, status=200):
    body = json.dumps(value)
    return Response(body, status, content_type="application/json; charset=utf-8")
