"""A web server on 127.0.0.1 that runs in a thread for as long as a block does."""

import threading

from werkzeug.serving import WSGIRequestHandler, make_server

STOP_POLL = 0.02  # seconds until a stopped server notices


class _QuietHandler(WSGIRequestHandler):
    def log(self, type, message, *args):
        """Calls are kept in the store; nothing goes to the terminal."""


class Server:
    """`url` is where it listens; whoever inherits has `faults` and a `store`."""

    def listen(self, application, port=0):
        self._server = make_server(
            "127.0.0.1", port, application, threaded=True, request_handler=_QuietHandler
        )
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self):
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(STOP_POLL,), daemon=True
        )
        self._thread.start()
        return self

    def __exit__(self, *_exception):
        self.faults.clear()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self.store.close()
