"""The organisation whom a command names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oportuno.kernel.errors import Refusal

if TYPE_CHECKING:
    from oportuno.people.organisations.api import Organisation


def the_organisation(slug: str, called: str = "organisation") -> Organisation:
    """By the last part of the address /v/SLUG/, the operator too. Raises Refusal for nobody. Django is set up."""
    from oportuno.people.organisations.api import Organisation

    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        raise Refusal(
            f"There is no {called} “{slug}” here{_nearest(slug)}; the name to give is the last part of a seller's address, /v/NAME/."
        )
    return found


def the_seller(slug: str) -> Organisation:
    """The same of one who sells. Raises Refusal for nobody, and for the operator."""
    from oportuno.people.organisations.api import Kind

    found = the_organisation(slug, "seller")
    if found.kind == Kind.OPERATOR:
        raise Refusal(f"“{slug}” runs the market and sells nothing: name a seller, by the last part of its address, /v/NAME/.")
    return found


def _nearest(slug: str) -> str:
    from django.contrib.postgres.search import TrigramSimilarity

    from oportuno.people.organisations.api import Kind, Organisation

    alike = Organisation.objects.exclude(kind=Kind.OPERATOR).annotate(alike=TrigramSimilarity("slug", slug)).filter(alike__gt=0.25)
    best = alike.order_by("-alike", "slug").values_list("slug", flat=True).first()
    return f" (did you mean “{best}”?)" if best else ""
