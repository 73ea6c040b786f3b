from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "oportuno.doors.api"
    label = "oportuno_api"
