"""Addresses of the knowledge centre that anybody may see."""

from django.urls import path

from oportuno.offer.knowledge.views import reading, shelves

app_name = "knowledge"
HERE = "conocimiento"
ONE = f"{HERE}/<int:number>-<slug:slug>"

urlpatterns = [
    path(f"{HERE}/", shelves.home, name="home"),
    path(f"{HERE}/articulos/", shelves.articles, name="articles"),
    path(f"{HERE}/casos/", shelves.cases, name="cases"),
    path(f"{HERE}/<int:number>/", reading.by_number, name="number"),
    path(f"{ONE}/", reading.article, name="article"),
    path(f"{ONE}/versiones/<int:version>/", reading.version, name="version"),
    path(f"{ONE}/versiones/<int:version>/cambios/", reading.changes, name="changes"),
    path(f"{ONE}/versiones/<int:version>/cita.<slug:ending>", reading.cited, name="cited"),
    path(f"{HERE}/<slug:slug>/", reading.former, name="former"),
]
