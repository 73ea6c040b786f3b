from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "oportuno.growth.campaigns"
    label = "oportuno_campaigns"
