from django.apps import AppConfig


class SitesConfig(AppConfig):
    name = "oportuno.offer.sites"
    label = "oportuno_sites"
