from . import test_sameday_account
from . import test_sameday_find
from . import test_sameday_form
from . import test_sameday_waybill
