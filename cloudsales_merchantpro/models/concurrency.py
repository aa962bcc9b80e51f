"""What two workers do at once to a record that neither of them has seen yet.

A transaction sees the database as it was when it began, so to look whether a record exists and
to create it where it does not is no proof against two of them:

    worker A                            worker B
    no row for “euplatesc” yet          no row for “euplatesc” yet
    INSERT, commit
                                        INSERT: unique violation, and A's row cannot be seen

Waiting does not help B: only a new transaction sees A's row. So the later one begins again.
"""

import contextlib
import contextvars
import logging

from psycopg2.errors import UniqueViolation

from odoo.exceptions import ConcurrencyError
from odoo.tools import SQL

from odoo.addons.queue_job.exception import RetryableJobError

SECONDS = 5
_EXPECTED = contextvars.ContextVar("tables where a twin may be met", default=())


@contextlib.contextmanager
def making(env, reason, *models):
    """Creates records of `models` that another transaction may be creating too; then this one
    begins again. Nothing is logged: Odoo would log an error with the whole statement, and a log is
    no place for what a buyer entrusted to the shop."""
    tables = {model._table for model in models}
    token = _EXPECTED.set(tables)
    try:
        yield
    except UniqueViolation as error:
        if not _is_twin(error, tables):
            raise
        begin_again(env, reason)
    finally:
        _EXPECTED.reset(token)


def _is_twin(error, tables):
    return isinstance(error, UniqueViolation) and error.diag.table_name in tables


def _is_to_be_logged(record):
    """Of what Odoo's cursor logs: the last argument of a failed statement is its error."""
    args = record.args if isinstance(record.args, tuple) else ()
    return not (args and _is_twin(args[-1], _EXPECTED.get()))


logging.getLogger("odoo.sql_db").addFilter(_is_to_be_logged)


def begin_again(env, reason):
    """Give up this transaction; its work is repeated in a new one. `reason` is for the job list."""
    if env.context.get("job_uuid"):
        # Not a failure of the job, so it does not use up its tries.
        raise RetryableJobError(reason, seconds=SECONDS, ignore_retry=True)
    # Odoo repeats requests by itself, as it does after a serialization failure.
    raise ConcurrencyError(reason)


def touch(records):
    """Let only one of several transactions at once add something to `records` that no unique
    index guards: the later ones fail to write the same rows and begin again."""
    if not records:
        return
    records.env.cr.execute(
        SQL(
            "UPDATE %s SET write_date = write_date WHERE id = ANY(%s)",
            SQL.identifier(records._table),
            list(records.ids),
        ),
        log_exceptions=False,
    )
