from . import mrp_bom
from . import mrp_bom_kits
from . import merchantpro_change
from . import merchantpro_published_kits
