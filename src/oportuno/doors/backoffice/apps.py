from django.apps import AppConfig


class BackofficeConfig(AppConfig):
    name = "oportuno.doors.backoffice"
    label = "oportuno_backoffice"
