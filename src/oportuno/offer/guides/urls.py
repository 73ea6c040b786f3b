"""Addresses of guides in the workbench. Public ones are the marketplace's."""

from django.urls import path

from oportuno.offer.guides.views import editing, filing, guides, reviewing

app_name = "guides"
DESK = "desk/<slug:organisation>/guias"
GUIDE = f"{DESK}/<uuid:guide>"
QUESTION = f"{GUIDE}/preguntas/<slug:question>"
OPTION = f"{QUESTION}/opciones/<slug:option>"

urlpatterns = [
    path(f"{DESK}/", guides.guides, name="guides"),
    path(f"{DESK}/nueva/", guides.new_guide, name="new"),
    path(f"{DESK}/archivos/", filing.bringing, name="bringing"),
    path(f"{DESK}/revision/", reviewing.reviews, name="reviews"),
    path(f"{DESK}/revision/<uuid:version>/", reviewing.review, name="review"),
    path(f"{DESK}/revision/<uuid:version>/decision/", reviewing.decision, name="decision"),
    path(f"{DESK}/revision/<uuid:version>/retiro/", reviewing.withdrawal, name="market-withdrawal"),
    path(f"{GUIDE}/", guides.guide, name="guide"),
    path(f"{GUIDE}/portada/", editing.cover, name="cover"),
    path(f"{GUIDE}/preguntas/nueva/", editing.new_question, name="new-question"),
    path(f"{QUESTION}/", editing.question, name="question"),
    path(f"{QUESTION}/opciones/nueva/", editing.new_option, name="new-option"),
    path(f"{OPTION}/", editing.option, name="option"),
    path(f"{OPTION}/condiciones/", editing.conditions, name="conditions"),
    path(f"{GUIDE}/orden/", editing.order, name="order"),
    path(f"{GUIDE}/vista/", guides.preview, name="preview"),
    path(f"{GUIDE}/publicacion/", guides.publication, name="publication"),
    path(f"{GUIDE}/devolucion/", guides.taking_back, name="taking-back"),
    path(f"{GUIDE}/retiro/", guides.withdrawal, name="withdrawal"),
    path(f"{GUIDE}/borrador/", guides.draft, name="draft"),
    path(f"{GUIDE}/versiones/<int:number>/", guides.version, name="version"),
    path(f"{GUIDE}/archivo/<slug:ending>/", filing.file, name="file"),
]
