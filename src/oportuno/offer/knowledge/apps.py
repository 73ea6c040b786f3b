from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "oportuno.offer.knowledge"
    label = "oportuno_knowledge"
