"""Where hubs knock: the same in every language."""

from django.urls import path

from oportuno.offer.media.views import hooks

app_name = "media-hooks"
urlpatterns = [path("media/<uuid:channel>/", hooks.hub, name="hub")]
