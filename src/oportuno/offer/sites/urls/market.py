"""Sites in the market. After all other addresses: the last of these takes every path below /v/<organisation>/."""

from django.urls import path

from oportuno.offer.sites.urls.public import pages, theme_files, trials
from oportuno.offer.sites.views import machines

app_name = "site"
urlpatterns = [
    path("dominios/permitido", machines.permitted, name="permitted"),
    *theme_files(),
    *trials(),
    *pages("v/<slug:organisation>/", "sitio/"),
]
