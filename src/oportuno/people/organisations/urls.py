"""Sign-in, organisation, team."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
