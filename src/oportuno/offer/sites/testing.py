"""Sites for tests: one that is open, pieces in it."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime, timedelta
from typing import Any

from django.test import Client

from oportuno.kernel.clock import now
from oportuno.kernel.content import Document, read
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.sites import api
from oportuno.offer.sites.models import Domain, DomainState, Entry, Site
from oportuno.people.audience.api.forms import stamp_of
from oportuno.people.organisations.api import Member
from oportuno.people.organisations.testing import Actor


def text(*paragraphs: str) -> Document:
    """A document of these paragraphs."""
    return read({"blocks": [{"type": "text", "text": one} for one in paragraphs]})


def open_site(actor: Actor, *, at: datetime | None = None, title: str = "") -> Site:
    """The actor's site with a first page, open. Acts for her organisation."""
    assert actor.organisation
    at = at or now()
    with for_organisation(actor.organisation.pk):
        return api.begin_site(title=title or actor.organisation.name, language="es", template="", open_now=True, by=actor.member, at=at)


def write(
    by: Member, title: str, *paragraphs: str, kind: str = "post", at: datetime | None = None, published: bool = True, **filed: Any
) -> Entry:
    """A piece, published unless said otherwise. Acts for the member's organisation."""
    at = at or now()
    with for_organisation(by.organisation.pk):
        author = api.own_author(by=by, at=at).pk if kind == "post" else None
        entry = api.begin_entry(
            kind=kind, title=title, content=text(*(paragraphs or (f"Acerca de {title}.",))), author=author, by=by, at=at
        )
        if tags := filed.pop("tags", ()):
            made = api.name_terms(kind="tag", names=tags, organisation=by.organisation.pk, at=at)
            api.file_entry(entry=entry.pk, terms=[one.pk for one in made], by=by, at=at)
        if filed:
            api.file_entry(entry=entry.pk, by=by, at=at, **filed)
        return api.publish_entry(entry=entry.pk, by=by, at=at) if published else api.entry_for(by.organisation.pk, entry.pk)


def say(client: Client, actor: Actor, post: Entry, *, origin: str = "http://testserver", **said: Any) -> Any:
    """A comment below a post of the actor's, sent as a browser does from the post's own page, a minute after it was shown."""
    assert actor.organisation
    who = {"name": "Carmen", "email": "carmen@example.com"}
    data = {"stamp": stamp_of(now() - timedelta(minutes=1)), "text": "Muy útil", **who, **said}
    return client.post(f"/v/{actor.organisation.slug}/blog/comentarios/{post.pk}/", data, HTTP_ORIGIN=origin)


def theme_file(name: str, number: str = "1.0", *, ink: str = "#1a1a1a", licence: str = "GPL-2.0-or-later") -> io.BytesIO:
    """A small theme as a file: two colours, a sentence about itself."""
    palette = [{"slug": "base", "name": "Base", "color": "#fff7f0"}, {"slug": "contrast", "name": "Tinta", "color": ink}]
    theme = {
        "version": 3,
        "settings": {"color": {"palette": palette}, "custom": {"oportuno": {"about": {"es": "Roja y tranquila.", "en": "Red and calm."}}}},
        "styles": {"color": {"text": "var:preset|color|contrast", "background": "var:preset|color|base"}},
    }
    head = f"/*\nTheme Name: {name}\nAuthor: Félix\nVersion: {number}\nLicense: {licence}\n*/\n"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("style.css", head)
        archive.writestr("theme.json", json.dumps(theme))
    out.seek(0)
    return out


def take_domain(actor: Actor, name: str) -> Domain:
    """A domain as if DNS had proved it."""
    assert actor.organisation
    at = now()
    with for_organisation(actor.organisation.pk):
        domain = api.bring_domain(name=name, by=actor.member, at=at)
        domain.state, domain.published, domain.main, domain.proved_at, domain.checked_at = DomainState.PROVED, True, True, at, at
        domain.save()
    return domain
