"""Addresses in bulletins: short, the same in every language, and the same on each organisation's own host."""

from django.urls import URLPattern, re_path

from oportuno.people.messaging.views import tracked

app_name = "tracked"

urlpatterns: list[URLPattern] = [
    re_path(r"^c/(?P<token>[^/]{1,200})$", tracked.click, name="click"),
    re_path(r"^o/(?P<token>[^/]{1,200})\.gif$", tracked.opened, name="opened"),
]
