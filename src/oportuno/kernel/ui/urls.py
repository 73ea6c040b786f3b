"""The living page of components."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
