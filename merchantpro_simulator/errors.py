"""Answers that are not a success."""


class ApiError(Exception):
    """An error body as the site sends it."""

    def __init__(self, status, name, message, details=None, headers=()):
        super().__init__(message)
        self.status = status
        self.body = {"error": {"name": name, "message": message, "details": details or {}}}
        self.headers = dict(headers)
