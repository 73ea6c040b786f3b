"""Addresses that the outside world calls."""

from django.urls import URLPattern, path

from oportuno.doors.integrations.views import mail_hook, sms_hooks

app_name = "hooks"

urlpatterns: list[URLPattern] = [
    path("correo/", mail_hook.incoming, name="mail"),
    path("correo/proveedor/", mail_hook.told, name="mail-provider"),
    path("sms/kannel/<str:token>/", sms_hooks.kannel_report, name="kannel-report"),
    path("sms/kannel/<str:token>/respuestas/", sms_hooks.kannel_answer, name="kannel-answer"),
    path("sms/twilio/respuestas/", sms_hooks.twilio_answer, name="twilio-answer"),
    path("sms/twilio/<uuid:message>/", sms_hooks.twilio_report, name="twilio-report"),
]
