from django.apps import AppConfig


class IntegrationsConfig(AppConfig):
    name = "oportuno.doors.integrations"
    label = "oportuno_integrations"
