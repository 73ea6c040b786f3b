"""Pages of the workbench; the hooks of the outside world are in urls."""

from django.urls import URLPattern, path

from oportuno.doors.integrations.views import caught_mail, caught_texts, mailbox, wordpress

app_name = "integrations"
HERE = "desk/<slug:organisation>/correo-de-prueba/"
WORDPRESS = "desk/<slug:organisation>/sitio/wordpress/"

urlpatterns: list[URLPattern] = [
    path(HERE, caught_mail.inbox, name="caught-mails"),
    path(f"{HERE}vaciado/", caught_mail.clearing, name="caught-clearing"),
    path(f"{HERE}<str:name>/", caught_mail.mail, name="caught-mail"),
    path(f"{HERE}<str:name>/html/", caught_mail.html, name="caught-html"),
    path(f"{HERE}<str:name>/adjuntos/<int:number>/", caught_mail.attachment, name="caught-attachment"),
    path("desk/<slug:organisation>/sms-de-prueba/", caught_texts.inbox, name="caught-texts"),
    path("desk/<slug:organisation>/sms-de-prueba/vaciado/", caught_texts.clearing, name="caught-texts-clearing"),
    path("desk/<slug:organisation>/mensajes/buzon/", mailbox.mailbox, name="mailbox"),
    path("desk/<slug:organisation>/mensajes/buzon/turno/", mailbox.mailbox_turn, name="mailbox-turn"),
    path(WORDPRESS, wordpress.imports, name="wordpress"),
    path(f"{WORDPRESS}exportacion.xml", wordpress.export, name="wordpress-export"),
    path(f"{WORDPRESS}conexion/", wordpress.remote, name="wordpress-remote"),
    path(f"{WORDPRESS}<uuid:run>/", wordpress.run, name="wordpress-run"),
    path(f"{WORDPRESS}<uuid:run>/aplicacion/", wordpress.application, name="wordpress-application"),
    path(f"{WORDPRESS}<uuid:run>/cancelacion/", wordpress.cancellation, name="wordpress-cancellation"),
    path(f"{WORDPRESS}<uuid:run>/devolucion/", wordpress.undoing, name="wordpress-undoing"),
]
