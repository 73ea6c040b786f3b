"""The way out of marketing, and mail sent."""

from django.urls import URLPattern, path

from oportuno.people.messaging.views import incoming, mails, senders, texts, wishes

app_name = "messaging"
DESK = "desk/<slug:organisation>/"

urlpatterns: list[URLPattern] = [
    path("baja/<str:token>/", mails.way_out, name="way-out"),
    path("preferencias/<str:token>/", wishes.wishes, name="wishes"),
    path(f"{DESK}mensajes/", mails.messages, name="messages"),
    path(f"{DESK}mensajes/remitente/", mails.letterhead, name="letterhead"),
    path(f"{DESK}mensajes/direccion/", senders.sender, name="sender"),
    path(f"{DESK}mensajes/direccion/clave/", senders.sender_key, name="sender-key"),
    path(f"{DESK}mensajes/boletines/<uuid:frame>/continuacion/", senders.going_on, name="going-on"),
    path(f"{DESK}mensajes/recibidos/", incoming.returned, name="returned"),
    path(f"{DESK}mensajes/suprimidos/", incoming.suppressed, name="suppressed"),
    path(f"{DESK}mensajes/suprimidos/<uuid:suppression>/liberacion/", incoming.releasing, name="releasing"),
    path(f"{DESK}mensajes/texto/", texts.text, name="text"),
    path(f"{DESK}mensajes/texto/partes/", texts.preview, name="text-preview"),
    path(f"{DESK}mensajes/reglas/", texts.rules, name="rules"),
    path(f"{DESK}mensajes/numeros-excluidos/", texts.excluded, name="excluded"),
    path(f"{DESK}mensajes/<uuid:message>/envio/", mails.sending, name="sending"),
]
