from django.apps import AppConfig


class GlossaryConfig(AppConfig):
    name = "oportuno.offer.glossary"
    label = "oportuno_glossary"
