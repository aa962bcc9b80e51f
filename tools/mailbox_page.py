"""The web page of the mailbox: what came, newest first, each message and its attachments; and the
address at which Odoo hands over SMS (`/api/sms/3/send`, its parameter `sms.endpoint`)."""

import html
import http.server
import json
import re
import threading
import urllib.parse

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Mailbox</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>
body {{ font: 15px system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }}
table {{ width: 100%; border-collapse: collapse }} td, th {{ padding: .5rem; text-align: left }}
tr {{ border-bottom: 1px solid #ddd }}
iframe {{ width: 100%; height: 44rem; border: 1px solid #ddd }}
</style></head><body>{}</body></html>"""


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, mailbox, port):
        super().__init__(("127.0.0.1", port), _Handler)
        self.mailbox = mailbox
        self._thread = threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def stop(self):
        self.shutdown()
        self._thread.join()
        self.server_close()


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        mailbox = self.server.mailbox
        if self.path == "/":
            return self._answer(PAGE.format(_list(mailbox)))
        if self.path == "/state":
            counts = {"mails": len(mailbox.mails()), "texts": len(mailbox.texts())}
            return self._answer(json.dumps(counts), "application/json")
        found = re.fullmatch(r"/(\d+)(/body|/(\d+))?", self.path)
        message = found and _message(mailbox, found[1])
        if not message:
            return self.send_error(404)
        if found[3]:
            return self._attachment(message, int(found[3]))
        return self._answer(_html(message) if found[2] else PAGE.format(_shown(message)))

    def do_POST(self):
        size = int(self.headers.get("Content-Length") or 0)
        asked = json.loads(self.rfile.read(size) or b"{}")
        if self.path != "/api/sms/3/send":
            return self.send_error(404)
        answers = self.server.mailbox.take_texts(asked["params"]["messages"])
        if answers is None:
            self.close_connection = True
            return None
        answer = {"jsonrpc": "2.0", "id": asked.get("id"), "result": answers}
        return self._answer(json.dumps(answer), "application/json")

    def _attachment(self, message, number):
        parts = list(message.iter_attachments())
        if number >= len(parts):
            return self.send_error(404)
        part = parts[number]
        name = urllib.parse.quote(part.get_filename() or "file")
        headers = {"Content-Disposition": f"inline; filename*=UTF-8''{name}"}
        return self._answer(part.get_payload(decode=True), part.get_content_type(), headers)

    def _answer(self, body, kind="text/html; charset=utf-8", headers=()):
        content = body.encode() if isinstance(body, str) else body
        self.send_response(200)
        for name, value in {"Content-Type": kind, **dict(headers)}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_args):
        """Nothing goes to the terminal."""


def _message(mailbox, number):
    return next((each for each in mailbox.mails() if int(each["X-Number"]) == int(number)), None)


def _html(message):
    body = message.get_body(("html", "plain"))
    return body.get_content() if body else ""


def _list(mailbox):
    mails = "".join(_row(message) for message in reversed(mailbox.mails()))
    texts = "".join(
        f"<tr><td>{_safe(text['number'])}</td><td>{_safe(text['content'])}</td></tr>"
        for text in reversed(mailbox.texts())
    )
    return (
        f"<h1>E-mail</h1><table><tr><th>To</th><th>Subject</th><th>From</th><th></th></tr>{mails}"
        f"</table><h1>SMS</h1><table><tr><th>To</th><th>Text</th></tr>{texts}</table>"
    )


def _row(message):
    files = len(list(message.iter_attachments()))
    link = f"<a href='/{message['X-Number']}'>{_safe(message['Subject'])}</a>"
    cells = (_safe(message["To"]), link, _safe(message["From"]), f"{files} attached" * bool(files))
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _shown(message):
    names = ("From", "To", "Reply-To", "Subject", "Date", "Message-Id", "List-Unsubscribe")
    head = "".join(
        f"<tr><th>{name}</th><td>{_safe(message[name])}</td></tr>"
        for name in names
        if message[name]
    )
    files = "".join(
        f"<p>File: <a href='/{message['X-Number']}/{number}'>{_safe(part.get_filename())}</a></p>"
        for number, part in enumerate(message.iter_attachments())
    )
    # What a merchant wrote into a template may do nothing here.
    frame = f"<iframe sandbox='allow-popups' src='/{message['X-Number']}/body'></iframe>"
    return f"<p><a href='/'>All messages</a></p><table>{head}</table>{files}{frame}"


def _safe(text):
    return html.escape(str(text or ""))
