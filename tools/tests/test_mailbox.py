"""The mailbox of the demonstration: what is delivered can be counted and looked at."""

import json
import smtplib
import urllib.request
from email.message import EmailMessage

import pytest

from tools.mailbox import Mailbox


@pytest.fixture
def mailbox():
    with Mailbox() as mailbox:
        yield mailbox


def deliver(mailbox, to="ana@example.com", message_id="<1@shop>"):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "shop@example.com", to, "Comandă <nouă>"
    message["Message-Id"] = message_id
    message.set_content("Salut")
    message.add_alternative("<p>Bună ziua</p>", subtype="html")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="f.pdf")
    with smtplib.SMTP("127.0.0.1", mailbox.smtp_port) as smtp:
        smtp.send_message(message)


def page(mailbox, path):
    with urllib.request.urlopen(mailbox.url + path) as answer:
        return answer.read().decode()


def test_a_message_is_kept_whole_and_shown(mailbox):
    deliver(mailbox)
    (message,) = mailbox.mails("ana@example.com")
    assert message["Subject"] == "Comandă <nouă>"
    assert "Comandă &lt;nouă&gt;" in page(mailbox, "/")
    assert "f.pdf" in page(mailbox, "/000001")
    assert "Bună ziua" in page(mailbox, "/1/body")
    assert page(mailbox, "/1/0") == "%PDF"
    assert json.loads(page(mailbox, "/state")) == {"mails": 1, "texts": 0}


def test_a_message_that_comes_again_is_one_message(mailbox):
    deliver(mailbox)
    deliver(mailbox)
    deliver(mailbox, message_id="<2@shop>")
    assert (len(mailbox.mails()), mailbox.deliveries()) == (2, 3)


def test_unknown_addresses_and_a_closed_door_are_refused(mailbox):
    mailbox.refused.add("gone@example.com")
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        deliver(mailbox, "gone@example.com")
    mailbox.shut()
    with pytest.raises(ConnectionRefusedError):
        deliver(mailbox)
    mailbox.open()
    deliver(mailbox)
    assert len(mailbox.mails()) == 1


def test_sms_are_taken_as_odoo_hands_them_over(mailbox):
    numbers = [{"number": "+40722000111", "uuid": "a"}]
    asked = {"id": "x", "params": {"messages": [{"content": "Salut", "numbers": numbers}]}}
    request = urllib.request.Request(
        mailbox.url + "/api/sms/3/send", json.dumps(asked).encode(), method="POST"
    )
    with urllib.request.urlopen(request) as answer:
        assert json.load(answer)["result"] == [{"uuid": "a", "state": "success", "credit": 1}]
    assert mailbox.texts() == [{"number": "+40722000111", "uuid": "a", "content": "Salut"}]
    assert "Salut" in page(mailbox, "/")
