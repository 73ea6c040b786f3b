"""Addresses of public pictures."""

from django.urls import path, re_path

from oportuno.offer.media import views

app_name = "media"
urlpatterns = [
    re_path(r"^pictures/(?P<digest>[0-9a-f]{64})-(?P<width>\d{1,5})\.webp$", views.picture, name="picture"),
    path("drawings/<slug:kind>/<slug:colour>/<int:seed>.svg", views.drawing, name="drawing"),
]
