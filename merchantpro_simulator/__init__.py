"""A MerchantPro shop on localhost, for tests and demonstrations.

    with Simulator(seed="demo", limits=None) as shop:
        requests.get(f"{shop.url}/api/v2/products", auth=(shop.key, shop.secret))

It behaves as the collected facts about the platform's API say, its faults included,
and keeps a log of every call. It knows nothing of Odoo.
"""

from .limits import Limits
from .simulator import Simulator

__all__ = ["Limits", "Simulator"]
