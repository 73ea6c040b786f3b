"""A seller says who of its people knows what, and shows her to the market."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Conflict, Forbidden, NotFound, Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.isolation import acting_organisation
from oportuno.offer.directory import api as directory
from oportuno.offer.experts.actions.finding import find_experts
from oportuno.offer.experts.facts import ExpertDecided, ExpertHandedIn
from oportuno.offer.experts.models import Expert, ExpertState
from oportuno.offer.experts.queries.fields import fields_named
from oportuno.offer.experts.rules.asking import free_slug
from oportuno.offer.media import api as media
from oportuno.offer.sites import api as sites
from oportuno.offer.sites.api.bringing import slug_of
from oportuno.offer.sites.api.voices import tidy
from oportuno.people.audience.api import addresses
from oportuno.people.organisations.api import Member

MOST = 30  # of one seller
LONGEST_BIO = 1500
MOST_LINKS = 6
WORDS = ("name", "role_es", "role_en", "bio_es", "bio_en", "links")


@dataclass(frozen=True)
class Profile:
    """What a seller says of an expert. `links`: [{"label", "address"}]; `author` her name in the blog; `picture` of the library."""

    name: str
    role_es: str = ""
    role_en: str = ""
    bio_es: str = ""
    bio_en: str = ""
    fields: Sequence[str] = ()
    author: UUID | None = None
    picture: UUID | None = None
    links: Sequence[dict[str, str]] = field(default_factory=tuple)


@transaction.atomic
def make_expert(*, profile: Profile, by: Member, at: datetime) -> Expert:
    """A page that nobody sees yet. Acts for the seller, or for the operator. Raises Refusal, Conflict when the author has a page."""
    organisation = by.organisation.pk
    seller = None if by.organisation.is_operator else directory.seller_of(organisation)
    if seller is None and not by.organisation.is_operator:
        raise Refusal(_("Apply to sell first: experts belong to a seller."))
    if Expert.objects.filter(organisation_id=organisation).count() >= MOST:
        raise Refusal(_("A seller has at most 30 experts."))
    expert = Expert(seller=seller, created_at=at, changed_at=at)
    _say(expert, profile)
    taken = set(Expert.objects.filter(organisation_id=organisation).values_list("slug", flat=True))
    expert.slug = free_slug(slug_of(expert.name), taken)
    expert.save(force_insert=True)
    return expert


@transaction.atomic
def change_expert(*, expert: UUID, profile: Profile, by: Member, at: datetime) -> Expert:
    """Say it otherwise. New words of a seller's page on show are read by the market first; until then the old ones stay.

    Raises NotFound, Refusal.
    """
    found = own_expert(by, expert)
    before = words_of(found)
    _say(found, profile)
    said = words_of(found)
    found.changed_at = at
    if found.published and found.seller_id:
        put_words(found, before)
        found.proposed = said if said != before else {}
        found.state = ExpertState.WAITING if found.proposed else ExpertState.APPROVED
        if found.proposed:
            record(ExpertHandedIn(expert=found.pk, by=by.id, at=at))
    found.save()
    find_experts([found.pk])
    return found


@transaction.atomic
def hand_in_expert(*, expert: UUID, by: Member, at: datetime) -> Expert:
    """To the market, which shows it after a look; its own at once. Raises NotFound, Refusal for what is not whole, Conflict."""
    if not by.may("publish content"):
        raise Forbidden(_("An editor of your organisation hands pages in."))
    found = own_expert(by, expert)
    if found.state in (ExpertState.WAITING, ExpertState.APPROVED):
        raise Conflict(_("It is with the market already."))
    if not found.fields:
        raise Refusal(_("Choose at least one field that she knows."), field="fields")
    if not (found.role_es or found.role_en) or not (found.bio_es or found.bio_en):
        raise Refusal(_("Say what she does, and something about her: nobody believes a bare name."), field="bio_es")
    found.changed_at = at
    if found.seller_id is None:
        return _show_own(found, by, at)
    found.state = ExpertState.WAITING
    found.save(update_fields=["state", "changed_at"])
    record(ExpertHandedIn(expert=found.pk, by=by.id, at=at))
    return found


def _show_own(found: Expert, by: Member, at: datetime) -> Expert:
    """The market's staff needs nobody's leave."""
    found.state, found.published, found.note, found.shown_at = ExpertState.APPROVED, True, "", found.shown_at or at
    found.save()
    record(ExpertDecided(expert=found.pk, state=found.state, by=by.id, at=at))
    find_experts([found.pk])
    return found


@transaction.atomic
def hide_expert(*, expert: UUID, by: Member, at: datetime) -> Expert:
    """The seller takes the page off, and all she answered with it. Raises NotFound, Conflict."""
    found = own_expert(by, expert)
    if found.state == ExpertState.DRAFT:
        raise Conflict(_("Nobody sees it."))
    put_words(found, found.proposed)
    found.state, found.published, found.note, found.proposed = ExpertState.DRAFT, False, "", {}
    found.save()
    record(ExpertDecided(expert=found.pk, state=ExpertState.HIDDEN, by=by.id, at=at))
    find_experts([found.pk])
    return found


def own_expert(by: Member, expert: UUID) -> Expert:
    """One of the own, to be changed. Raises NotFound."""
    found = Expert.objects.select_for_update().filter(organisation_id=by.organisation.pk, pk=expert).first()
    if found is None:
        raise NotFound
    return found


def _say(expert: Expert, profile: Profile) -> None:
    expert.name = addresses.plain_name(profile.name)[:120]
    if not expert.name:
        raise Refusal(_("Say how she is called."), field="name")
    expert.role_es, expert.role_en = (" ".join(one.split())[:120] for one in (profile.role_es, profile.role_en))
    expert.bio_es, expert.bio_en = (tidy(one)[:LONGEST_BIO] for one in (profile.bio_es, profile.bio_en))
    expert.fields = [one.slug for one in fields_named(profile.fields)]
    expert.links = _links(profile.links)
    _say_author(expert, profile.author)
    if profile.picture and not media.pictures([profile.picture]):
        raise Refusal(_("This picture is not in your library any more: choose another."), field="picture")
    expert.picture_id = profile.picture


def _say_author(expert: Expert, author: UUID | None) -> None:
    if author is None:
        expert.author_id, expert.person_id = None, None
        return
    found = sites.Author.objects.filter(organisation_id=acting_organisation(), pk=author).first()
    if found is None:
        raise Refusal(_("Choose an author of the list."), field="author")
    if Expert.objects.filter(organisation_id=found.organisation_id, author=found).exclude(pk=expert.pk).exists():
        raise Conflict(_("%(name)s has a page already.") % {"name": found.name}, field="author")
    expert.author_id, expert.person_id = found.pk, found.person_id


def _links(given: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    kept = []
    for one in given:
        address = one.get("address", "").strip()
        if not address:
            continue
        if not address.startswith("https://") or len(address) > 500 or any(c.isspace() for c in address):
            raise Refusal(_("Write the address of a page: it begins with https://"), field="links")
        kept.append({"label": " ".join(one.get("label", "").split())[:60] or address.removeprefix("https://")[:60], "address": address})
    return kept[:MOST_LINKS]


def words_of(expert: Expert) -> dict[str, Any]:
    """What the market reads before it lets a page be shown."""
    return {**{name: getattr(expert, name) for name in WORDS}, "picture_id": str(expert.picture_id or "")}


def put_words(expert: Expert, words: Mapping[str, Any]) -> None:
    """Take over what `words_of` told; nothing of none."""
    for name, said in words.items():
        setattr(expert, name, (UUID(said) if said else None) if name == "picture_id" else said)
