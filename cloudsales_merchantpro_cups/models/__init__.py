from . import merchantpro_printer
