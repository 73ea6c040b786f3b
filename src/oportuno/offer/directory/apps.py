from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "oportuno.offer.directory"
    label = "oportuno_directory"
