from . import test_make
