"""The site that a seller has: pages, a post and what readers said of it, so that no table of it is empty when its locks are tried."""

from __future__ import annotations

from datetime import datetime

from oportuno.kernel.clock import now
from oportuno.offer.sites import api as sites
from oportuno.offer.sites.api import inquiries, voices
from oportuno.offer.sites.models import Comment, Entry
from oportuno.offer.sites.testing import text
from oportuno.people.audience import api as audience
from oportuno.people.organisations.testing import Actor


def own_blog(owner: Actor, name: str) -> None:
    """Acts for the owner's organisation, which has a site already."""
    by, at = owner.member, now()
    post = _post(owner, name, at)
    _pages(owner, name, at)
    sites.open_site(by=by, at=at)
    sites.bring_domain(name=f"www.{by.organisation.slug}.example", by=by, at=at)
    _comments(owner, post, name, at)
    voices.vote_useful(organisation=by.organisation.pk, entry=post.pk, useful=False, voter="a" * 64, at=at)
    voices.say_missing(organisation=by.organisation.pk, entry=post.pk, voter="a" * 64, text=f"{name} falta")
    _topics(owner, name, at)
    _form(owner, name, at)


def _post(owner: Actor, name: str, at: datetime) -> Entry:
    by, organisation = owner.member, owner.member.organisation.pk
    author = sites.own_author(by=by, at=at)
    sites.change_author(author=author.pk, name=f"{name} autora", bio=name, role=name, by=by, at=at)
    post = sites.begin_entry(kind="post", title=f"{name} entrada", content=text(f"{name} texto"), author=author.pk, by=by, at=at)
    terms = [
        *sites.name_terms(kind="category", names=[f"{name} categoría"], organisation=organisation, at=at),
        *sites.name_terms(kind="tag", names=[f"{name} etiqueta"], organisation=organisation, at=at),
    ]
    sites.file_entry(entry=post.pk, terms=[one.pk for one in terms], search_title=name, search_description=name, by=by, at=at)
    return sites.publish_entry(entry=post.pk, by=by, at=at)


def _pages(owner: Actor, name: str, at: datetime) -> None:
    """One on show whose address has changed, and a draft that waits for review."""
    by = owner.member
    page = sites.begin_entry(kind="page", title=f"{name} página", content=text(name), by=by, at=at)
    sites.publish_entry(entry=page.pk, by=by, at=at)
    sites.move_entry(entry=page.pk, slug="nosotros", by=by, at=at)
    draft = sites.begin_entry(kind="post", title=f"{name} borrador", content=text(name), by=by, at=at)
    sites.keep_draft(entry=draft.pk, excerpt=name, note=name, done=True, by=by, at=at)


def _comments(owner: Actor, post: Entry, name: str, at: datetime) -> None:
    """One that is shown and replied to, one that waits."""
    by = owner.member
    email = audience.addresses.email(f"c{by.organisation.pk}@example.com")
    assert email
    how = audience.Circumstances("comment form")
    for words in ("comentario", "otro comentario"):
        writer = voices.Writer(f"{name} lectora", email, follows=True)
        voices.leave_comment(organisation=by.organisation, entry=post.pk, writer=writer, text=f"{name} {words}", circumstances=how, at=at)
    first = Comment.objects.filter(organisation_id=by.organisation.pk).order_by("pk").first()
    assert first
    voices.decide_comments(comments=[first.pk], state="approved", by=by, at=at)
    voices.comment_as_team(entry=post.pk, text=f"{name} respuesta", by=by, author=sites.own_author(by=by, at=at), at=at, parent=first.pk)


def _topics(owner: Actor, name: str, at: datetime) -> None:
    """One that is voted for, one that waits."""
    by = owner.member
    email = audience.addresses.email(f"c{by.organisation.pk}@example.com")
    how = audience.Circumstances("topic form")
    asked = voices.ask_topic(
        organisation=by.organisation, title=f"{name} tema", details=name, voter="a" * 64, circumstances=how, email=email, proven=True, at=at
    )
    voices.decide_topics(topics=[asked.pk], state="open", by=by, at=at)
    voices.ask_topic(organisation=by.organisation, title=f"{name} otro tema", voter="b" * 64, circumstances=how, at=at)


def _form(owner: Actor, name: str, at: datetime) -> None:
    """One that is open, seen and answered."""
    by = owner.member
    made = inquiries.begin_form(title=f"{name} formulario", by=by, at=at)
    inquiries.set_form_state(form=made.pk, state="open", by=by, at=at)
    email = audience.addresses.email(f"c{by.organisation.pk}@example.com")
    given = inquiries.Answering(
        said={"name": f"{name} visitante", "how_can_we_help_you": name}, name=f"{name} visitante", email=email, agreed=True
    )
    how = audience.Circumstances("form")
    inquiries.answer_form(organisation=by.organisation, form=made.pk, given=given, circumstances=how, at=at)
