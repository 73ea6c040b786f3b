"""Sites in the market. After all other addresses: the last of these takes every path below /v/<organisation>/."""

from oportuno.offer.sites.urls.public import pages

app_name = "site"
urlpatterns = pages("v/<slug:organisation>/", "sitio/")
