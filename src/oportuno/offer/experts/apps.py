from django.apps import AppConfig


class ExpertsConfig(AppConfig):
    name = "oportuno.offer.experts"
    label = "oportuno_experts"
