"""Sites and blogs of the demo."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from oportuno.doors.commandline.seeding.cast import Cast
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.packs.demo.nouns import DemoPost, DemoVoice
from oportuno.offer.sites import api as sites
from oportuno.people.organisations.api import Member


@transaction.atomic
def speak(voice: DemoVoice, cast: Cast, at: datetime) -> None:
    """A site from its template, open, and the posts in its blog, each on its day. Drafts of the template are left to be finished."""
    organisation = cast.organisations[voice.organisation]
    begun = at - timedelta(days=90)
    by = cast.owners[voice.organisation]
    with for_organisation(organisation.pk):
        title = voice.title or organisation.name.removesuffix(" (demo)")
        sites.begin_site(title=title, language="es", template=voice.template, open_now=True, by=by, at=begun)
        if voice.tagline:
            sites.change_site(tagline=voice.tagline, by=by, at=begun)
        for post in sorted(voice.posts, key=lambda one: -one.days_ago):
            _publish(post, by, at - timedelta(days=post.days_ago))


def _publish(post: DemoPost, by: Member, at: datetime) -> None:
    organisation = by.organisation.pk
    author = sites.own_author(by=by, at=at)
    entry = sites.begin_entry(kind="post", title=post.title, content=sites.outlined(post.body), author=author.pk, by=by, at=at)
    terms = sites.name_terms(kind="tag", names=post.tags, organisation=organisation, at=at)
    terms += sites.name_terms(kind="category", names=[post.category] if post.category else [], organisation=organisation, at=at)
    sites.file_entry(entry=entry.pk, terms=[one.pk for one in terms], by=by, at=at)
    sites.publish_entry(entry=entry.pk, by=by, at=at)
