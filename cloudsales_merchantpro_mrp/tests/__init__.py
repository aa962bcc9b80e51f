from . import test_kit_invoices
from . import test_kit_needs
from . import test_kits
from . import test_kits_changed
from . import test_manufacturing
