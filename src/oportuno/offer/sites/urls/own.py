"""The whole of a domain that is an organisation's own: its site, and the pictures in it."""

from django.urls import include, path

from oportuno.offer.sites.urls.public import pages, theme_files

urlpatterns = [
    path("media/", include("oportuno.offer.media.urls")),
    *theme_files(),
    path("", include((pages("", ""), "site"))),
]
