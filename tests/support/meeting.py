"""Two processes that are inside their transactions at the same moment, so neither sees what the
other writes, and of which none commits before the other wrote too, or has to wait for it."""

INSTALL = """
import contextlib, pathlib, time

MINE, OTHER = {mine!r}, {other!r}
# Whether somebody in this database waits for a lock.
WAITS = '''
SELECT 1 FROM pg_locks w JOIN pg_locks h USING (pid) JOIN pg_database d ON d.oid = h.database
 WHERE NOT w.granted AND d.datname = current_database()
'''

def tell(what):
    pathlib.Path(MINE + what).touch()

def wait_for(what, unless=lambda: False):
    # Not for ever: who waits in vain must not outlive the test.
    deadline = time.monotonic() + 100
    while not pathlib.Path(OTHER + what).exists() and not unless():
        assert time.monotonic() < deadline
        time.sleep(0.01)

def waits():
    env.cr.execute(WAITS)
    return env.cr.fetchone()

@contextlib.contextmanager
def together():
    env.cr.execute("SELECT 1 FROM merchantpro_shop")  # the transaction's snapshot is taken
    tell(".begun")
    wait_for(".begun")
    try:
        yield
        env.flush_all()
    finally:
        tell(".wrote")  # or was turned away
    wait_for(".wrote", unless=waits)
"""


def codes(folder, *works):
    """Of two processes; what they do `with together():` they do at once."""
    names = [str(folder / "first"), str(folder / "second")]
    return [
        INSTALL.format(mine=mine, other=other) + work
        for work, mine, other in zip(works, names, reversed(names), strict=True)
    ]
