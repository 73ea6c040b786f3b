from django.apps import AppConfig


class MarketplaceConfig(AppConfig):
    name = "oportuno.doors.marketplace"
    label = "oportuno_marketplace"
