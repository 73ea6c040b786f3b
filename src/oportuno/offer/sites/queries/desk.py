"""Sites in the workbench: counts, lists, what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from oportuno.offer.sites.models import Domain, Entry, LookKept, Site, State
from oportuno.offer.sites.queries.entries import listed
from oportuno.offer.sites.rules.domains import proof_name

PAGE = 50
MOST_THROWN = 200


@dataclass(frozen=True)
class Filters:
    """What narrows the list of posts. `after` is where a page of it ended."""

    state: str = ""
    words: str = ""
    term: UUID | None = None
    mine: UUID | None = None
    after: str = ""

    @classmethod
    def read(cls, asked: QueryDict, person: UUID) -> Filters:
        state = asked.get("state", "")
        return cls(
            state if state in State.values else "",
            asked.get("q", "")[:80].strip(),
            as_id(asked.get("category", "")),
            person if asked.get("mine") else None,
            asked.get("after", "")[:36],
        )

    @property
    def any(self) -> bool:
        return bool(self.state or self.words or self.term or self.mine)


@dataclass(frozen=True)
class Posts:
    """A page of the list; `after` marks where the next begins, "" at the end."""

    rows: list[Entry]
    after: str


@dataclass(frozen=True)
class Step:
    """Something that makes a site better. `href` is where it is done."""

    label: str
    done: bool
    href: str
    hint: str = ""


def posts_page(organisation: int, filters: Filters) -> Posts:
    """The latest changed first, keyset by (changed_at, id)."""
    found = listed(organisation, "post", state=filters.state, words=filters.words, term=filters.term, by=filters.mine)
    if (last := as_id(filters.after)) and (
        mark := Entry.objects.filter(organisation_id=organisation, pk=last).values_list("changed_at").first()
    ):
        found = found.filter(Q(changed_at__lt=mark[0]) | Q(changed_at=mark[0], pk__lt=last))
    rows = list(found.order_by("-changed_at", "-pk")[: PAGE + 1])
    return Posts(rows[:PAGE], str(rows[PAGE - 1].pk) if len(rows) > PAGE else "")


def counts(organisation: int) -> dict[str, int]:
    """How many pages and posts there are, in which states; one query."""
    own = Entry.objects.filter(organisation_id=organisation).exclude(state=State.TRASHED)
    return own.aggregate(
        entries=Count("pk"),
        pages=Count("pk", filter=Q(kind="page")),
        posts=Count("pk", filter=Q(kind="post")),
        shown_pages=Count("pk", filter=Q(kind="page", state=State.PUBLISHED)),
        shown_posts=Count("pk", filter=Q(kind="post", state=State.PUBLISHED)),
        drafts=Count("pk", filter=Q(state=State.DRAFT)),
        reviews=Count("pk", filter=Q(state=State.REVIEW)),
        scheduled=Count("pk", filter=Q(state=State.SCHEDULED)),
    )


def latest(organisation: int) -> list[Entry]:
    """What was written at last."""
    found = Entry.objects.filter(organisation_id=organisation).exclude(state=State.TRASHED).defer("document")
    return list(found.order_by("-changed_at", "-pk")[:6])


def thrown_away(organisation: int) -> list[Entry]:
    found = Entry.objects.filter(organisation_id=organisation, state=State.TRASHED).defer("document")
    return list(found.order_by("-changed_at", "-pk")[:MOST_THROWN])


def domains(organisation: int) -> list[tuple[Domain, str]]:
    """Each with the name of the record that proves it."""
    return [(one, proof_name(one.name)) for one in Domain.objects.filter(organisation_id=organisation).order_by("-main", "name")]


def market_host() -> str:
    """Where a domain of one's own has to point."""
    return urlsplit(settings.ORIGIN).hostname or ""


def steps(site: Site, slug: str) -> list[Step]:
    """From an empty site to one that works, in the order in which it pays."""
    counted = counts(site.organisation_id)
    has_domain = Domain.objects.filter(organisation_id=site.organisation_id, published=True).exists()
    is_chosen = LookKept.objects.filter(organisation_id=site.organisation_id).exists()

    def to(name: str) -> str:
        return reverse(f"sites:{name}", args=[slug])

    return [
        Step(_("Say in one line what you do"), bool(site.tagline), to("settings")),
        Step(_("Publish your first page"), counted["shown_pages"] > 0, to("pages")),
        Step(_("Write your first post"), counted["shown_posts"] > 0, to("posts"), _("Readers who learn from you come back.")),
        Step(_("Bring your logo"), site.logo_id is not None, to("settings")),
        Step(_("Choose how it looks"), is_chosen, to("themes"), _("Letters, colours and form; your words stay as they are.")),
        Step(_("Open the site"), site.opened_at is not None, to("site")),
        Step(_("Use an address of your own"), has_domain, to("domains"), _("Such as www.yourcompany.com")),
    ]


def as_id(said: str) -> UUID | None:
    """An identity out of an address, or None for what is none."""
    try:
        return UUID(said)
    except ValueError:
        return None
