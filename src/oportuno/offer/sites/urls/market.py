"""Sites in the market. After all other addresses: the last of these takes every path below /v/<organisation>/."""

from oportuno.offer.sites.urls.public import pages, theme_files, trials

app_name = "site"
urlpatterns = [*theme_files(), *trials(), *pages("v/<slug:organisation>/", "sitio/")]
