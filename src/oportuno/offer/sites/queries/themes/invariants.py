"""What holds of themes at every moment. Answers how many rows break it; acts for the market."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from oportuno.offer.sites.models import Theme, ThemeUse


def counted_otherwise() -> int:
    """A theme's installs and stars are those of who uses it."""
    uses: QuerySet[ThemeUse, Any] = ThemeUse.objects.filter(theme_id=OuterRef("pk")).order_by().values("theme_id")
    told = Theme.objects.annotate(
        used=Coalesce(Subquery(uses.annotate(n=Count("*")).values("n")), 0),
        rated=Coalesce(Subquery(uses.annotate(n=Count("stars")).values("n")), 0),
        given=Coalesce(Subquery(uses.annotate(n=Sum("stars")).values("n")), 0),
    )
    return told.exclude(installs=F("used"), ratings=F("rated"), stars=F("given")).count()
