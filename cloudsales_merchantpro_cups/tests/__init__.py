from . import test_cups
from . import test_cups_away
