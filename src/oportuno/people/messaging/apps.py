from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "oportuno.people.messaging"
    label = "oportuno_messaging"
