"""Sameday on localhost, for tests and demonstrations.

    with Simulator() as courier:
        requests.post(f"{courier.url}/api/authenticate", headers={...})

It answers as the vendor's own SDK and plugin expect, refuses what the courier is known to refuse,
and keeps what it was told in SQLite. It knows nothing of Odoo.
"""

from .simulator import Simulator

__all__ = ["Simulator"]
