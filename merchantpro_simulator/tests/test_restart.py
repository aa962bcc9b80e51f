"""The shop's state is in its file: a restart, in this process or another, finds it again."""

import signal
import subprocess
import sys

import requests

from merchantpro_simulator import Simulator

from .conftest import Caller


def test_everything_is_there_after_a_restart(tmp_path):
    file = tmp_path / "shop.sqlite"
    with Simulator(db=file) as shop:
        product = shop.add_product(sku="TEA", stock=12)
        shop.add_category("Tea")
        first = shop.add_order([{"sku": "TEA"}])
        Caller(shop).patch("/inventory/sku/TEA", {"stock": 3})
        order = shop.order(first["id"])
        calls = shop.calls
    with Simulator(db=file) as shop:
        assert shop.unit(product["id"])["stock"] == 3
        assert shop.order(first["id"]) == order
        assert shop.calls == calls
        assert shop.store.count("category") == 1
        # Numbers go on; none is given twice.
        assert int(shop.add_order([{"sku": "TEA"}])["id"]) == int(first["id"]) + 1
        assert shop.add_product()["id"] == product["id"] + 1


def test_demonstration_is_not_filled_in_twice(tmp_path):
    file = tmp_path / "shop.sqlite"
    with Simulator(seed="demo", db=file) as shop:
        shop.remove("product", 7100)
        count = shop.store.count("product")
    with Simulator(seed="demo", db=file) as shop:
        assert shop.store.count("product") == count
        assert shop.product(7100) is None


def test_program_serves_until_it_is_told_to_stop_and_keeps_its_state(tmp_path):
    command = [sys.executable, "-m", "merchantpro_simulator", "--port", "0", "--seed", "empty"]
    command += ["--db", str(tmp_path / "shop.sqlite"), "--key", "k", "--secret", "s"]
    for count in (1, 2):
        program = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        with program:
            url = program.stdout.readline().split()[1].rstrip("/")
            answer = requests.post(
                f"{url}/api/v2/categories", json={"name": "Tea"}, auth=("k", "s"), timeout=20
            )
            assert answer.status_code == 201
            state = requests.get(f"{url}/_simulator/state", timeout=20).json()
            assert state["category"] == count
            program.send_signal(signal.SIGTERM)
        assert program.returncode == 0


def test_restored_shop_is_as_it_was_remembered():
    with Simulator(key="k", secret="s") as shop:
        product = shop.add_product(sku="TEA", stock=12)
        order = shop.add_order([{"sku": "TEA"}])
        shop.remember()
        for _turn in range(2):
            Caller(shop).patch("/inventory/sku/TEA", {"stock": 3})
            number = shop.add_order([{"sku": "TEA"}])["id"]
            shop.gate.set_credentials("k", "changed in the panel")
            shop.faults.set("busy_500")
            requests.get(f"{shop.url}/img/1.png", timeout=20)
            shop.restore()
            assert Caller(shop).get("/inventory/sku/TEA").status_code == 200
            assert shop.unit(product["id"])["stock"] == 12
            assert shop.order(number) is None
            assert int(number) == int(order["id"]) + 1
            assert (len(shop.calls), shop.picture_requests) == (1, [])
