"""Addresses of campaigns in the workbench."""

from django.urls import path

from oportuno.growth.campaigns.views import campaigns, previews, reporting, sending, series, writing

app_name = "campaigns"
DESK = "desk/<slug:organisation>/campanas"
ONE = f"{DESK}/<uuid:campaign>"
SERIES = "desk/<slug:organisation>/boletines"

urlpatterns = [
    path(f"{DESK}/", campaigns.listed, name="campaigns"),
    path(f"{DESK}/nueva/", campaigns.new, name="new"),
    path(f"{DESK}/dibujo/", writing.drawing, name="drawing"),
    path(f"{DESK}/lectores/", writing.readers, name="readers"),
    path(f"{DESK}/partes/", writing.parts_of_text, name="parts"),
    path(f"{ONE}/", campaigns.campaign, name="campaign"),
    path(f"{ONE}/borrador/", writing.draft, name="draft"),
    path(f"{ONE}/versiones/", writing.versions, name="versions"),
    path(f"{ONE}/versiones/retiro/", writing.version_removal, name="version-removal"),
    path(f"{ONE}/copia/", campaigns.copy, name="copy"),
    path(f"{ONE}/eliminacion/", campaigns.removal, name="removal"),
    path(f"{ONE}/vista/", previews.preview, name="preview"),
    path(f"{ONE}/vista/html/", previews.preview_html, name="preview-html"),
    path(f"{ONE}/prueba/", previews.test, name="test"),
    path(f"{ONE}/enlaces/", previews.links, name="links"),
    path(f"{ONE}/envio/", sending.sending, name="sending"),
    path(f"{ONE}/programacion/retiro/", sending.taking_back, name="taking-back"),
    path(f"{ONE}/pausa/", sending.pausing, name="pausing"),
    path(f"{ONE}/continuacion/", sending.going_on, name="going-on"),
    path(f"{ONE}/cancelacion/", sending.calling_off, name="calling-off"),
    path(f"{ONE}/informe.csv", reporting.download, name="download"),
    path(f"{SERIES}/", series.listed, name="series"),
    path(f"{SERIES}/nuevo/", series.new, name="new-series"),
    path(f"{SERIES}/<uuid:series>/", series.one, name="one-series"),
    path(f"{SERIES}/<uuid:series>/vista/", series.next_number, name="next-number"),
    path(f"{SERIES}/<uuid:series>/omision/", series.leaving_out, name="leaving-out"),
    path(f"{SERIES}/<uuid:series>/pausa/", series.pausing, name="pausing-series"),
    path(f"{SERIES}/<uuid:series>/continuacion/", series.going_on, name="going-on-series"),
    path(f"{SERIES}/<uuid:series>/ahora/", series.making_now, name="making"),
]
