"""Segments of an organisation's contacts."""

from django.urls import URLPattern, path

from oportuno.people.segments.views import beside, building, files, segments

app_name = "segments"
DESK = "desk/<slug:organisation>/segmentos/"
ONE = f"{DESK}<uuid:segment>/"

urlpatterns: list[URLPattern] = [
    path(DESK, segments.segments, name="segments"),
    path(f"{DESK}nuevo/", building.new, name="new"),
    path(f"{DESK}listos/", segments.ready, name="ready"),
    path(f"{DESK}elegidos/", segments.chosen, name="chosen"),
    path(f"{DESK}cobertura/", segments.coverage, name="coverage"),
    path(f"{DESK}personas/<uuid:contact>/", beside.persona, name="persona"),
    path(ONE, segments.segment, name="segment"),
    path(f"{ONE}armado/", building.builder, name="builder"),
    path(f"{ONE}armado/pasos/", building.steps, name="steps"),
    path(f"{ONE}armado/conteo/", building.weight, name="weight"),
    path(f"{ONE}armado/guardado/", building.saving, name="saving"),
    path(f"{ONE}copia/", segments.copy, name="copy"),
    path(f"{ONE}nombre/", segments.name, name="name"),
    path(f"{ONE}borrado/", segments.deletion, name="deletion"),
    path(f"{ONE}restauracion/", segments.restoration, name="restoration"),
    path(f"{ONE}miembros/", segments.members, name="members"),
    path(f"{ONE}archivo/", files.list_file, name="list-file"),
    path(f"{ONE}archivo/decision/", files.list_file_decision, name="list-file-decision"),
    path(f"{ONE}descarga/", segments.download, name="download"),
]
