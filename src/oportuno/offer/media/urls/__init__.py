"""Addresses of what anybody may see: the same in every language."""

from django.urls import path, re_path

from oportuno.offer.media.views import serving

app_name = "media"
urlpatterns = [
    re_path(r"^pictures/(?P<digest>[0-9a-f]{64})-(?P<width>\d{1,5})\.(?P<ending>webp|avif|jpg)$", serving.picture, name="picture"),
    re_path(r"^files/(?P<digest>[0-9a-f]{64})/(?P<name>[a-z0-9_-]{1,60}\.[a-z0-9]{2,5})$", serving.file, name="file"),
    path("drawings/<slug:kind>/<slug:colour>/<int:seed>.svg", serving.drawing, name="drawing"),
]
