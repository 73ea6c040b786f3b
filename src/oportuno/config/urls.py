"""Every address of the product. Each door lists its own; order matters only for the catch-alls at the end."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from oportuno.kernel.routes import by_first_word
from oportuno.kernel.ui.health import healthz, readyz
from oportuno.kernel.ui.sheets import style_sheet

handler500 = "oportuno.kernel.away.broken"

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("estilos/<slug:face>.<slug:digest>.css", style_sheet, name="style-sheet"),
    path("api/", include("oportuno.doors.api.urls")),
    path("hooks/", include("oportuno.doors.integrations.urls")),
    path("hooks/", include("oportuno.offer.media.urls.hooks")),
    path("media/", include("oportuno.offer.media.urls")),
    path("", include("oportuno.doors.marketplace.machine_urls")),
    path("", include("oportuno.people.messaging.urls.machine")),
    *i18n_patterns(
        path("ui/", include("oportuno.kernel.ui.urls")),
        path("", include("oportuno.people.organisations.urls")),
        path("", include("oportuno.people.audience.urls")),
        path("", include("oportuno.people.messaging.urls")),
        path("", include("oportuno.people.segments.urls")),
        path("", include("oportuno.offer.directory.urls")),
        path("", include("oportuno.offer.catalogue.urls")),
        path("", include("oportuno.offer.media.urls.desk")),
        path("", include("oportuno.offer.search.urls")),
        path("", include("oportuno.offer.experts.urls")),
        path("", include("oportuno.offer.guides.urls")),
        path("", include("oportuno.growth.campaigns.urls")),
        path("", include("oportuno.doors.integrations.desk_urls")),
        path("", include("oportuno.doors.backoffice.urls")),
        path("", include("oportuno.offer.sites.urls.desk")),
        path("", include("oportuno.offer.knowledge.urls.desk")),
        path("", include("oportuno.offer.knowledge.urls")),
        path("", include("oportuno.offer.glossary.urls")),
        path("", include("oportuno.offer.ebooks.urls")),
        path("", include("oportuno.doors.marketplace.urls")),
        prefix_default_language=False,
    ),
    path("", include("oportuno.offer.sites.urls.own")),
    path("", include("oportuno.offer.sites.urls.market")),
]
urlpatterns = by_first_word(urlpatterns)
