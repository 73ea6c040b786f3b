from django.apps import AppConfig


class SegmentsConfig(AppConfig):
    name = "oportuno.people.segments"
    label = "oportuno_segments"
