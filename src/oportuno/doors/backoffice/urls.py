"""Addresses of backoffice."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
