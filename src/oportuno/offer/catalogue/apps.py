from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "oportuno.offer.catalogue"
    label = "oportuno_catalogue"
