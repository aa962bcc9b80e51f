"""What the client of Sameday makes of answers, and of what is no answer."""

import datetime
import socket
import threading
import traceback

import pytest
from sameday import errors
from sameday.client import LONGEST_WINDOW

from sameday_simulator import Simulator

MAKING = {"path": "/api/awb", "method": "POST"}


def test_a_waybill_is_made_with_all_that_was_said_of_it(courier, client, form):
    made = client.make(form)
    (kept,) = courier.all()
    assert (made["awbNumber"], len(made["parcels"])) == (kept["number"], 2)
    assert kept["form"]["awbRecipient"]["name"] == "Ana Țurcanu"
    assert kept["form"]["parcels"] == {"0": {"weight": "1.25"}, "1": {"weight": "1.25"}}
    assert "lockerLastMile" not in kept["form"]
    assert client.label(kept["number"], "A6").startswith(b"%PDF")


def test_what_is_refused_is_told_field_by_field(courier, client, form):
    form["awbRecipient"]["countyString"] = "Klausenburg"
    form["packageWeight"] = 0
    for wrapped in (False, True):
        if wrapped:
            courier.faults.set("wrapped")
        with pytest.raises(errors.Refused) as refused:
            client.make(form)
        assert refused.value.args[0].splitlines() == [
            "packageWeight: This value should be greater than 0.",
            "awbRecipient.countyString: This value is not valid.",
        ]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"message": "No."}, "No."),
        ({"error": "Gone"}, "Gone"),
        ({"error": {"message": "Odd"}}, "Odd"),
        ({"errors": {"errors": ["All of it"], "children": []}}, "All of it"),
        ({"errors": {"children": {"a": {"children": {"0": {"errors": ["x"]}}}}}}, "a.0: x"),
        ([], "HTTP 400"),
        (b"<html>", "HTTP 400"),
        ({"errors": {"children": "?"}, "message": 7}, "7"),
    ],
)
def test_refusals_of_any_shape_have_words(body, words):
    assert errors.in_words(body, 400) == words


@pytest.mark.parametrize("fault", ["late_500", "truncated", "dropped", "late"])
def test_without_a_usable_answer_it_is_uncertain_and_not_repeated(courier, connect, form, fault):
    courier.faults.set(fault, seconds=30, **MAKING)
    with pytest.raises(errors.Uncertain):
        connect(timeout=(2, 0.3)).make(form)
    assert courier.count("AB-1") == 1
    assert len(courier.calls_of("POST", "/api/awb")) <= 1  # one that is late is not logged yet


def test_a_reference_is_taken_once(courier, client, form):
    client.make(form)
    with pytest.raises(errors.Refused) as refused:
        client.make(form)
    assert refused.value.messages == [("clientInternalReference", "awb.not_unique")]
    assert courier.count() == 1


def test_where_nothing_listens_nothing_was_made(connect, form):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        client = connect(f"http://127.0.0.1:{free.getsockname()[1]}")
    client._tokens.token = "as if logged in"
    with pytest.raises(errors.Unavailable):
        client.make(form)


def test_a_question_without_answer_may_be_asked_again(courier, client, form):
    number = client.make(form)["awbNumber"]
    courier.faults.set("busy_500", times=1)
    with pytest.raises(errors.Unavailable):
        client.status(number)
    courier.faults.set("truncated", times=1)
    with pytest.raises(errors.Unavailable):
        client.status(number)
    with pytest.raises(errors.NotFound):
        client.status("none")


def test_a_token_that_ended_is_renewed_and_the_waybill_made_once(courier, client, tokens, form):
    client.services()
    courier.expire_tokens()
    client.make(form)
    assert (tokens.made, courier.count()) == (2, 1)


def test_a_wrong_password_is_said_without_it_in_any_trace(courier, connect):
    client = connect(password="parola-secretă")
    try:
        client.services()
    except errors.Unauthorized as error:
        told = "".join(traceback.format_exception(error)) + repr(client) + str(error.args)
    assert "parola" not in told and "user name and password" in told
    assert len(courier.calls_of("POST", "/api/authenticate")) == 1


def test_of_many_whose_token_ended_one_logs_in(courier, client, tokens):
    client.services()
    courier.expire_tokens()
    threads = [threading.Thread(target=client.services) for _each in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert tokens.made == 2


def test_lists_are_read_to_their_end(connect):
    with Simulator(lockers=1203) as courier:
        lockers = connect(courier.url).lockers()
    assert len({each["lockerId"] for each in lockers}) == 1203


def test_what_moved_is_asked_in_windows_that_are_taken(courier, client, form):
    client.make(form)
    now = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
    day = datetime.timedelta(days=1)
    assert client.moved(now - day, now) == []
    rows = client.moved(now - datetime.timedelta(seconds=LONGEST_WINDOW / 2), now + day)
    assert [row["statusId"] for row in rows] == [1, 1]
