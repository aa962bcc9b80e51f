"""The customers' mailbox and telephone of the demonstration and the tests: a real SMTP server,
and the service through which Odoo sends SMS. Nothing leaves the machine.

    python -m tools.mailbox --folder FOLDER --smtp-port 8025 --port 8026

Each message is a file in the folder, in the order they came; what is in it is shown on a web
page (`mailbox_page`). As in real mailboxes, a message that comes again is still one message."""

import argparse
import asyncio
import contextlib
import email
import email.policy
import itertools
import json
import pathlib
import signal
import socket
import tempfile
import threading
import time

from aiosmtpd.controller import Controller

from . import mailbox_page


class Mailbox:
    """`smtp_port` and `url` tell where it listens; a context manager."""

    def __init__(self, folder=None, smtp_port=0, port=0):
        self._temporary = None if folder else tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(folder or self._temporary.name)
        self.folder.mkdir(parents=True, exist_ok=True)
        self._numbers = itertools.count(len(list(self.folder.iterdir())) + 1)
        self._lock = threading.Lock()
        self.smtp_port = smtp_port or _free_port()
        self.refused = set()  # addresses it knows nothing of
        self.pause = 0  # seconds between taking a message and saying so
        self.sms_answer = "success"  # the state each SMS is answered with; None: no answer
        self._smtp = None
        self.open()
        self._page = mailbox_page.Server(self, port)
        self.url = f"http://127.0.0.1:{self._page.server_port}"

    def __enter__(self):
        return self

    def __exit__(self, *_exception):
        self.close()

    def open(self):
        """Take mail, again at the same port."""
        self._smtp = Controller(_Taking(self), hostname="127.0.0.1", port=self.smtp_port)
        self._smtp.start()

    def shut(self):
        """As a mail server that is down: connections are refused."""
        if self._smtp:
            self._smtp.stop()
            self._smtp = None

    def close(self):
        self.shut()
        self._page.stop()
        if self._temporary:
            self._temporary.cleanup()

    # What came

    def mails(self, address=None):
        """The messages (email.message.EmailMessage), each once, of `address` or all."""
        found = {}
        for path in sorted(self.folder.glob("*.eml")):
            message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            message["X-Number"] = path.stem
            found.setdefault(message["Message-Id"] or path.stem, message)
        return [each for each in found.values() if address in (None, *recipients(each))]

    def deliveries(self):
        """How many times a message was handed over, the repeated ones counted too."""
        return len(list(self.folder.glob("*.eml")))

    def texts(self):
        """The SMS, as {"number", "content", "uuid"}."""
        return [json.loads(path.read_text()) for path in sorted(self.folder.glob("*.sms"))]

    def keep(self, content, kind):
        with self._lock:
            name = f"{next(self._numbers):06d}.{kind}"
        # The whole file or none: the page may be looked at meanwhile.
        part = self.folder / f".{name}"
        part.write_bytes(content)
        part.rename(self.folder / name)

    def take_texts(self, messages):
        """What the service for SMS is asked; its answer for each number, or none at all."""
        answers = []
        for message in messages:
            for to in message["numbers"]:
                if self.sms_answer in ("success", None):
                    text = {**to, "content": message["content"]}
                    self.keep(json.dumps(text).encode(), "sms")
                answers.append({"uuid": to["uuid"], "state": self.sms_answer, "credit": 1})
        time.sleep(self.pause)
        return answers if self.sms_answer else None


class _Taking:
    """What aiosmtpd asks while somebody delivers."""

    def __init__(self, mailbox):
        self.mailbox = mailbox

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if address in self.mailbox.refused:
            return "550 5.1.1 No such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):
        self.mailbox.keep(envelope.content, "eml")
        await asyncio.sleep(self.mailbox.pause)
        return "250 OK"


def recipients(message):
    return [each.addr_spec for each in message["To"].addresses] if message["To"] else []


def _free_port():
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder")
    parser.add_argument("--smtp-port", type=int, default=8025)
    parser.add_argument("--port", type=int, default=8026)
    options = parser.parse_args()
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    with Mailbox(options.folder, options.smtp_port, options.port) as mailbox:
        print(f"Mail server 127.0.0.1:{mailbox.smtp_port}, mailbox {mailbox.url}", flush=True)
        ended.wait()


if __name__ == "__main__":
    main()
