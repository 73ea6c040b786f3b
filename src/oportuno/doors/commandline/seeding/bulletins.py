"""Bulletins of the demo: one of a seller that waits to be sent, with two subjects to try; one of the market that makes itself."""

from __future__ import annotations

from datetime import datetime

from oportuno.doors.commandline.seeding.cast import Cast
from oportuno.growth.campaigns import api as campaigns
from oportuno.kernel.isolation import for_organisation
from oportuno.people.organisations.api import Member


def write_to_many(cast: Cast, at: datetime) -> None:
    """A draft of the first seller, and the operator's own series."""
    owner = cast.first_seller
    _draft(owner, at)
    _series(cast.operator, at)


def _draft(owner: Member, at: datetime) -> None:
    with for_organisation(owner.organisation.pk):
        slug = next(one.slug for one in campaigns.templates("es", campaigns.Channel.EMAIL))
        found = campaigns.begin_campaign(name="Boletín de temporada (demo)", template=slug, by=owner, at=at)
        other = campaigns.add_version(campaign=found.pk, by=owner, at=at)
        campaigns.write_version(campaign=found.pk, key=other.key, subject="Lo mejor de este mes, en tres ideas", by=owner, at=at)


def _series(operator: Member, at: datetime) -> None:
    with for_organisation(operator.organisation.pk):
        campaigns.begin_series(
            name="Lo nuevo del mercado (demo)", subject="Esta semana: {title}", kinds=["posts", "articles", "products"], purpose="bulletin",
            intro="Lo que publicaron los vendedores y los expertos desde el último boletín.", rhythm="week", weekday=1, hour=9, most=6, by=operator, at=at,
        )  # fmt: skip
