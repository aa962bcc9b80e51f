"""Requests to the courier: its API below /api, a page for people everywhere else."""

import datetime
import json
import secrets

from werkzeug.wrappers import Request, Response

from . import labels, page, places
from .awbs import STEPS, ZONE
from .forms import nested
from .validation import Errors, number

LONGEST_WINDOW = 7200  # seconds that one question about what moved may span
PER_PAGE = 500


class Refusal(Exception):
    def __init__(self, status, body):
        super().__init__(status)
        self.status, self.body = status, body


class Application:
    def __init__(self, courier):
        self._courier = courier

    def __call__(self, environ, start_response):
        request = Request(environ)
        api = request.path.startswith("/api/")
        response = self._api(request) if api else self._page(request)
        return response(environ, start_response)

    # The API, what goes wrong with it included

    def _api(self, request):
        method, path = request.method, request.path
        hit = self._courier.faults.hit
        form = nested(request.form.items(multi=True))
        try:
            if options := hit("slow", method, path):
                self._courier.faults.wait(options)
            if hit("busy_500", method, path):
                raise Refusal(500, {"code": 500, "message": "Internal Server Error"})
            response = self._answer(request, form)
        except Refusal as refusal:
            response = _json(refusal.body, refusal.status)
        if response.status_code < 300:
            response = self._spoil(method, path, response)
        self._log(request, form, response.status_code)
        return response

    def _spoil(self, method, path, response):
        """The work is done, the caller does not learn it."""
        hit = self._courier.faults.hit
        if options := hit("late", method, path):
            self._courier.faults.wait(options)
        if hit("late_500", method, path):
            return _json({"code": 500, "message": "Internal Server Error"}, 500)
        if hit("truncated", method, path):
            response.data = response.data[: len(response.data) // 2]
        if hit("dropped", method, path):
            data = response.data
            response = Response(iter([data[:5]]), 200, {"Content-Length": str(len(data) + 999)})
        return response

    def _log(self, request, form, status):
        self._courier.store.log(
            {
                "method": request.method,
                "path": request.path,
                "query": request.args.to_dict(),
                "form": form,
                "status": status,
            }
        )

    def _answer(self, request, form):
        if (request.method, request.path) == ("POST", "/api/authenticate"):
            return self._authenticate(request.headers)
        if self._courier.faults.hit("expired", request.method, request.path):
            raise Refusal(401, {"code": 401, "message": "Expired token"})
        token = request.headers.get("X-AUTH-TOKEN")
        if not self._courier.store.token_is_good(token, self._courier.clock()):
            raise Refusal(401, {"code": 401, "message": "Unauthorized"})
        with self._courier.store.lock:
            return self._route(request, form)

    def _authenticate(self, headers):
        given = headers.get("X-Auth-Username"), headers.get("X-Auth-Password")
        if given != (self._courier.username, self._courier.password):
            raise Refusal(401, {"code": 401, "message": "Bad credentials"})
        token, expires = secrets.token_hex(20), self._courier.clock() + self._courier.token_life
        self._courier.store.add_token(token, expires)
        at = datetime.datetime.fromtimestamp(expires, ZONE).strftime("%Y-%m-%d %H:%M")
        return _json({"token": token, "expire_at": at})

    def _route(self, request, form):
        contract, query = self._courier.contract, request.args
        match (request.method, *request.path.strip("/").split("/")[1:]):
            case ("GET", "client", "services"):
                return _paged(contract.services, query)
            case ("GET", "client", "pickup-points"):
                return _paged(contract.pickup_points, query)
            case ("GET", "client", "lockers"):
                return _paged(contract.lockers, query)
            case ("GET", "client", "ooh-locations"):
                return _paged(contract.ooh, query)
            case ("GET", "geolocation", "county"):
                return _paged([places.county_json(key) for key in places.COUNTIES], query)
            case ("GET", "geolocation", "city"):
                return _paged(_cities(query), query)
            case ("GET", "client", "status-sync"):
                return self._sync(query)
        return self._route_awb(request, form)

    def _route_awb(self, request, form):
        awbs = self._courier.awbs
        match (request.method, *request.path.strip("/").split("/")[1:]):
            case ("POST", "awb"):
                return self._create(request, form)
            case ("POST", "awb", "estimate-cost"):
                self._refuse(request, awbs.errors({**form, "clientInternalReference": ""}))
                return _json({"amount": awbs.cost(form), "currency": "RON", "time": 24})
            case ("GET", "awb", "download", awb_number, size) if size in labels.SIZES:
                shown = self._courier.label_has_reference
                pdf = labels.label(self._awb(awb_number), size, shown)
                return Response(pdf, content_type="application/pdf")
            case ("DELETE", "awb", awb_number):
                return self._delete(request, self._awb(awb_number))
            case ("PUT", "awb", awb_number, "update-cod"):
                return self._update_cod(request, self._awb(awb_number), form)
            case ("GET", "client", "awb", awb_number, "status"):
                return _json(awbs.status(self._awb(awb_number)))
        raise Refusal(404, {"code": 404, "message": "Not Found"})

    def _awb(self, awb_number):
        awb = self._courier.store.get(awb_number)
        if not awb:
            raise Refusal(404, {"code": 404, "message": "AWB not found"})
        return awb

    def _refuse(self, request, errors):
        if options := self._courier.faults.hit("refused", request.method, request.path):
            errors.add(options.get("field", "service"), options.get("words", "Not allowed."))
        if errors.found:
            tree = errors.tree()
            wrapped = self._courier.faults.hit("wrapped", request.method, request.path)
            raise Refusal(400, {"error": tree} if wrapped else tree)

    def _create(self, request, form):
        self._refuse(request, self._courier.awbs.errors(form))
        awb = self._courier.awbs.create(form)
        parcels = [
            {"position": place, "awbNumber": parcel}
            for place, parcel in enumerate(awb["parcels"], 1)
        ]
        return _json({"awbNumber": awb["number"], "awbCost": awb["cost"], "parcels": parcels})

    def _delete(self, request, awb):
        errors = Errors()
        if awb["step"] != "issued":
            errors.add("awb", "AWB can no longer be cancelled.")
        self._refuse(request, errors)
        self._courier.awbs.move(awb, "cancelled")
        return Response(status=204)

    def _update_cod(self, request, awb, form):
        errors, amount = Errors(), number(form.get("cashOnDelivery"))
        if amount is None or awb["step"] != "issued":
            errors.add("cashOnDelivery")
        self._refuse(request, errors)
        self._courier.awbs.update_cod(awb, amount)
        return _json({"awbNumber": awb["number"], "cashOnDelivery": amount})

    def _sync(self, query):
        given = [query.get(f"{edge}Timestamp", "") for edge in ("start", "end")]
        start, end = (int(each) if each.isdigit() else 0 for each in given)
        if not 0 < end - start <= LONGEST_WINDOW:
            errors = Errors()
            errors.add("endTimestamp", f"At most {LONGEST_WINDOW} seconds.")
            raise Refusal(400, errors.tree())
        rows = self._courier.awbs.sync(start, end)
        answer = json.loads(_paged(rows, query).get_data())
        # The real one does not say how many there are.
        return _json({key: answer[key] for key in ("currentPage", "perPage", "data")})

    # For people

    def _page(self, request):
        match (request.method, *request.path.strip("/").split("/")):
            case ("GET", ""):
                return Response(page.render(self._courier.store.awbs()), content_type="text/html")
            case ("GET", "awb", name) if awb := self._courier.store.get(name.removesuffix(".pdf")):
                return Response(labels.label(awb, "A6"), content_type="application/pdf")
            case ("POST", "awb", name) if awb := self._courier.store.get(name):
                step = request.form.get("step")
                if step in STEPS:
                    self._courier.awbs.move(awb, step)
                return Response(status=303, headers={"Location": "/"})
        return Response("Not Found", 404)


def _cities(query):
    wanted = places.fold(query.get("name"))
    for city in places.CITIES:
        _number, name, county, postal_code = city
        if query.get("county") not in (None, "", str(county)):
            continue
        if query.get("postalCode") not in (None, "", postal_code):
            continue
        if wanted in places.fold(name):
            yield places.city_json(city)


def _paged(rows, query):
    rows = list(rows)
    wanted = (query.get("page", ""), query.get("countPerPage", ""))
    number_of, size = (int(each) if each.isdigit() and int(each) else 0 for each in wanted)
    number_of, size = number_of or 1, min(size or 50, PER_PAGE)
    return _json(
        {
            "total": len(rows),
            "currentPage": number_of,
            "pages": max(-(-len(rows) // size), 1),
            "perPage": size,
            "data": rows[(number_of - 1) * size : number_of * size],
        }
    )


def _json(body, status=200):
    return Response(json.dumps(body), status, content_type="application/json")
