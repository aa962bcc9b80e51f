"""A web server on 127.0.0.1 that runs in a thread for as long as a block does."""

import socket
import threading

from werkzeug.serving import WSGIRequestHandler, make_server


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
        self._ends = False
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def _serve(self):
        """Without looking many times a second whether it is to end, as socketserver does."""
        while not self._ends:
            self._server.handle_request()

    def __exit__(self, *_exception):
        self.faults.clear()
        self._ends = True
        # Somebody who calls and says nothing wakes it up.
        socket.create_connection(self._server.server_address).close()
        self._thread.join()
        self._server.server_close()
        self.store.close()
