"""Bulletin, questions, contacts, my data."""

from django.urls import URLPattern, path

from oportuno.people.audience.views import asking, bulletin, contacts, fields, imports, mine, promises, questions, visits, writing

app_name = "audience"
DESK = "desk/<slug:organisation>/"

urlpatterns: list[URLPattern] = [
    path("boletin/", bulletin.bulletin, name="bulletin"),
    path("boletin/gracias/", bulletin.bulletin_thanks, name="bulletin-thanks"),
    path("boletin/confirmar/<str:token>/", bulletin.confirmation, name="confirmation"),
    path("v/<slug:seller>/preguntar/", asking.asking, name="asking"),
    path("v/<slug:seller>/preguntar/gracias/", asking.asked, name="asked"),
    path("visitas/", visits.choice, name="visits"),
    path("visita/", visits.beacon, name="beacon"),
    path("mi-cuenta/preguntas/", mine.my_questions, name="my-questions"),
    path("mi-cuenta/mis-datos/", mine.mine, name="mine"),
    path("mi-cuenta/mis-datos/descarga/", mine.mine_download, name="mine-download"),
    path("mi-cuenta/mis-datos/<uuid:contact>/retiro/", mine.mine_withdrawal, name="mine-withdrawal"),
    path("mi-cuenta/mis-datos/<uuid:contact>/borrado/", mine.mine_erasure, name="mine-erasure"),
    path(f"{DESK}contactos/", contacts.contacts, name="contacts"),
    path(f"{DESK}contactos/descarga/", contacts.download, name="contacts-download"),
    path(f"{DESK}contactos/etiquetas/", contacts.chosen_tags, name="chosen-tags"),
    path(f"{DESK}contactos/etiquetas/<uuid:tagging>/anulacion/", contacts.tagging_reversal, name="tagging-reversal"),
    path(f"{DESK}contactos/selecciones/", contacts.selections, name="selections"),
    path(f"{DESK}contactos/importaciones/", imports.imports, name="imports"),
    path(f"{DESK}contactos/importaciones/<uuid:run>/", imports.import_run, name="import"),
    path(f"{DESK}contactos/importaciones/<uuid:run>/columnas/", imports.columns, name="import-columns"),
    path(f"{DESK}contactos/importaciones/<uuid:run>/aplicacion/", imports.application, name="import-application"),
    path(f"{DESK}contactos/importaciones/<uuid:run>/cancelacion/", imports.cancellation, name="import-cancellation"),
    path(f"{DESK}contactos/importaciones/<uuid:run>/anulacion/", imports.reversal, name="import-reversal"),
    path(f"{DESK}contactos/importaciones/<uuid:run>/informe.csv", imports.report, name="import-report"),
    path(f"{DESK}contactos/nuevo/", writing.new_contact, name="new-contact"),
    path(f"{DESK}contactos/empresas/", writing.companies, name="companies"),
    path(f"{DESK}contactos/<uuid:contact>/datos/", writing.changes, name="contact-changes"),
    path(f"{DESK}contactos/<uuid:contact>/direcciones/", writing.addresses, name="addresses"),
    path(f"{DESK}contactos/<uuid:contact>/direcciones/<uuid:identity>/", writing.address, name="address"),
    path(f"{DESK}contactos/campos/", fields.fields, name="fields"),
    path(f"{DESK}contactos/campos/<uuid:field>/", fields.field, name="field"),
    path(f"{DESK}contactos/campos/<uuid:field>/lugar/", fields.place, name="field-place"),
    path(f"{DESK}contactos/campos/<uuid:field>/retiro/", fields.retirement, name="field-retirement"),
    path(f"{DESK}contactos/<uuid:contact>/campos/", fields.values, name="field-values"),
    path(f"{DESK}contactos/<uuid:contact>/", contacts.contact, name="contact"),
    path(f"{DESK}contactos/<uuid:contact>/notas/", contacts.notes, name="notes"),
    path(f"{DESK}contactos/<uuid:contact>/etiquetas/", contacts.tags, name="tags"),
    path(f"{DESK}contactos/<uuid:contact>/etapa/", contacts.stage, name="stage"),
    path(f"{DESK}contactos/<uuid:contact>/retiro/", contacts.withdrawal, name="withdrawal"),
    path(f"{DESK}preguntas/", questions.questions, name="questions"),
    path(f"{DESK}preguntas/horario/", questions.hours, name="answer-hours"),
    path(f"{DESK}preguntas/avisos/", questions.notices, name="notices"),
    path(f"{DESK}promesas/", promises.promises, name="promises"),
    path(f"{DESK}preguntas/<uuid:question>/", questions.question, name="question"),
    path(f"{DESK}preguntas/<uuid:question>/respuesta/", questions.answer, name="answer"),
    path(f"{DESK}preguntas/<uuid:question>/cierre/", questions.closing, name="closing"),
    path(f"{DESK}preguntas/<uuid:question>/publicacion/", questions.publication, name="publication"),
]
