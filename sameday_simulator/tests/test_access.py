"""Who may call, what the contract has, what goes wrong, and what outlives a restart."""

import pytest
import requests

from sameday_simulator import Simulator

from .conftest import FORM, Caller


def test_a_token_is_needed_and_ends(api, courier):
    assert api.log_in("demo", "wrong").status_code == 401
    assert api.call("GET", "/client/services", headers={"X-AUTH-TOKEN": "x"}).status_code == 401
    assert api.call("GET", "/client/services").status_code == 200
    later = courier.clock() + courier.token_life + 1
    courier.clock = lambda: later
    assert api.call("GET", "/client/services").status_code == 401


def test_lists_come_in_pages(api):
    first = api.call("GET", "/client/lockers", page=1, countPerPage=40).json()
    last = api.call("GET", "/client/lockers", page=2, countPerPage=40).json()
    assert (first["total"], first["pages"], len(first["data"]), len(last["data"])) == (
        60,
        2,
        40,
        20,
    )
    assert api.call("GET", "/client/pickup-points").json()["data"][0]["defaultPickupPoint"]
    assert len(api.call("GET", "/geolocation/county").json()["data"]) == 42


def test_bucharest_has_its_sectors_and_no_city_of_its_name(api):
    sectors = api.call("GET", "/geolocation/city", county=1).json()["data"]
    assert [each["name"] for each in sectors] == [f"Sector {number}" for number in range(1, 7)]
    assert api.call("GET", "/geolocation/city", name="Bucuresti").json()["data"] == []


def test_an_account_without_lockers_has_no_such_service():
    with Simulator(has_lockers=False) as courier:
        services = Caller(courier).call("GET", "/client/services").json()["data"]
    assert [each["serviceCode"] for each in services] == ["24", "6H", "PP"]


@pytest.mark.parametrize("fault", ["late_500", "truncated", "dropped"])
def test_the_work_is_done_although_the_answer_is_of_no_use(courier, api, fault):
    courier.faults.set(fault, times=1, path="/api/awb")
    try:
        answer = api.create()
        assert answer.status_code == 500 or fault == "truncated"
    except requests.RequestException:
        assert fault == "dropped"
    assert courier.count("OUT/1") == 1


def test_faults_that_strike_before_anything_is_done(courier, api):
    courier.faults.set("busy_500", times=1)
    assert api.create().status_code == 500
    courier.faults.set("expired", times=1)
    assert api.create().status_code == 401
    courier.faults.set("refused", times=1, field="service", words="Serviciu suspendat.")
    courier.faults.set("wrapped", times=1)
    tree = api.create().json()["error"]["errors"]["children"]
    assert tree["service"] == {"errors": ["Serviciu suspendat."]}
    assert courier.count() == 0
    with pytest.raises(ValueError):
        courier.faults.set("no such fault")


def test_waybills_outlive_a_restart(tmp_path):
    path = str(tmp_path / "courier.sqlite")
    with Simulator(db=path) as courier:
        number = Caller(courier).call("POST", "/awb", FORM).json()["awbNumber"]
    with Simulator(db=path) as courier:
        api = Caller(courier)
        assert api.call("GET", f"/client/awb/{number}/status").status_code == 200
        assert api.create().status_code == 400  # the reference is still taken
