"""Pages of the workbench; the hooks of the outside world are in urls."""

from django.urls import URLPattern, path

from oportuno.doors.integrations.views import caught_mail

app_name = "integrations"
HERE = "desk/<slug:organisation>/correo-de-prueba/"

urlpatterns: list[URLPattern] = [
    path(HERE, caught_mail.inbox, name="caught-mails"),
    path(f"{HERE}vaciado/", caught_mail.clearing, name="caught-clearing"),
    path(f"{HERE}<str:name>/", caught_mail.mail, name="caught-mail"),
    path(f"{HERE}<str:name>/html/", caught_mail.html, name="caught-html"),
    path(f"{HERE}<str:name>/adjuntos/<int:number>/", caught_mail.attachment, name="caught-attachment"),
]
