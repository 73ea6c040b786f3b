from django.apps import AppConfig


class AudienceConfig(AppConfig):
    name = "oportuno.people.audience"
    label = "oportuno_audience"
