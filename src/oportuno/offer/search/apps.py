from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "oportuno.offer.search"
    label = "oportuno_search"
