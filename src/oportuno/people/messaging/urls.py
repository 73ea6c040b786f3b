"""The way out of marketing, and mail sent."""

from django.urls import URLPattern, path

from oportuno.people.messaging import views

app_name = "messaging"
DESK = "desk/<slug:organisation>/"

urlpatterns: list[URLPattern] = [
    path("baja/<str:token>/", views.way_out, name="way-out"),
    path(f"{DESK}mensajes/", views.messages, name="messages"),
    path(f"{DESK}mensajes/remitente/", views.letterhead, name="letterhead"),
    path(f"{DESK}mensajes/<uuid:message>/envio/", views.sending, name="sending"),
]
