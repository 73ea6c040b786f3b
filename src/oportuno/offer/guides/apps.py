from django.apps import AppConfig


class GuidesConfig(AppConfig):
    name = "oportuno.offer.guides"
    label = "oportuno_guides"
