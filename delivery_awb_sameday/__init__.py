from . import models, sameday
