from . import alerts, webhook
