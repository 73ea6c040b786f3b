"""The living page of components."""

from django.urls import path

from . import editor, views

app_name = "ui"
urlpatterns = [
    path("", views.living_page, name="living"),
    path("market/", views.sample_market, name="market"),
    path("desk/", views.sample_desk, name="desk"),
    path("form/", views.sample_form, name="form"),
    path("editor/", editor.sample_editor, name="editor"),
    path("editor/draw/", editor.draw, name="editor-draw"),
]
