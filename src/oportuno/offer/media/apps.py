from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "oportuno.offer.media"
    label = "oportuno_media"
