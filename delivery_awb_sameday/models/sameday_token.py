"""The token of an account, one for all processes: who finds it ended makes a new one while the
others wait for theirs.

It is kept in transactions of its own, since a call's may be rolled back. The account is known by
a digest, so another password begins without a token, and no password is here."""

import contextlib
import hashlib

from odoo import fields, models
from odoo.sql_db import db_connect


class SamedayToken(models.Model):
    _name = "sameday.token"
    _description = "Token of a Sameday Account"

    account = fields.Char(required=True, readonly=True)
    token = fields.Char(readonly=True)

    _account_uniq = models.UniqueIndex("(account)")

    def _of(self, *account):
        return Tokens(self.env.cr.dbname, "\n".join(map(str, account)))


class Tokens:
    """What sameday.client.Client asks for tokens."""

    def __init__(self, dbname, account):
        self._dbname = dbname
        self._account = hashlib.sha256(account.encode()).hexdigest()
        self._known = ""

    def current(self):
        if not self._known:
            with self._own() as cursor:
                self._known = self._read(cursor)
        return self._known

    def renewed(self, old, log_in):
        """A token other than `old`: the one that another process got meanwhile, or a new one."""
        self._known = self._renewed(old, log_in)
        return self._known

    def _renewed(self, old, log_in):
        with self._own() as cursor:
            # What the process before us wrote is to be seen once it let go.
            cursor.execute(
                "SET TRANSACTION ISOLATION LEVEL READ COMMITTED;"
                "SET LOCAL idle_in_transaction_session_timeout = '90s'"
            )
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [self._account])
            token = self._read(cursor)
            if token and token != old:
                return token
            token = log_in()
            cursor.execute(
                "INSERT INTO sameday_token (account, token) VALUES (%s, %s)"
                " ON CONFLICT (account) DO UPDATE SET token = EXCLUDED.token",
                [self._account, token],
            )
            return token

    @contextlib.contextmanager
    def _own(self):
        with db_connect(self._dbname).cursor() as cursor:
            yield cursor

    def _read(self, cursor):
        cursor.execute("SELECT token FROM sameday_token WHERE account = %s", [self._account])
        row = cursor.fetchone()
        return row[0] if row else ""
