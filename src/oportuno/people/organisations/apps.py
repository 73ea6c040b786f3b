from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "oportuno.people.organisations"
    label = "oportuno_organisations"
