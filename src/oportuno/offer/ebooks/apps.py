from django.apps import AppConfig


class EbooksConfig(AppConfig):
    name = "oportuno.offer.ebooks"
    label = "oportuno_ebooks"
