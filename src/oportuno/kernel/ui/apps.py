from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "oportuno.kernel.ui"
    label = "oportuno_ui"
