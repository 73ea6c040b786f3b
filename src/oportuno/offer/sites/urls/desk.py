"""Sites in the workbench."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "sites"
DESK = "desk/<slug:organisation>/sitio/"

urlpatterns: list[URLPattern] = []
