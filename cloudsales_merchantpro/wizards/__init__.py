from . import (
    merchantpro_import_preview,
    merchantpro_start_over,
)
