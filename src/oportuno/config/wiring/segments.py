"""What segments may ask for that other apps know: what people do, and what the vertical knows of them."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from oportuno.kernel.desk import DeskPage, list_page
from oportuno.kernel.invariants import invariant
from oportuno.kernel.slots import fill

SHELVES = ("/categorias/", "/en/categorias/")


def segments() -> None:
    """Segments, their deeds, and who is forgotten."""
    from oportuno.doors.marketplace.api import current_pack
    from oportuno.people.audience import api as people
    from oportuno.people.audience.api.places import BESIDE_CONTACT, WITH_CHOSEN
    from oportuno.people.organisations.api import Member
    from oportuno.people.segments import api
    from oportuno.people.segments.queries.selected import tree_of
    from oportuno.people.segments.views.beside import beside_contact, with_chosen

    def categories(language: str) -> list[tuple[str, str]]:
        pack = current_pack()
        return [("/".join(one.path), one.category.title.in_(language)) for one in pack.taxonomy.walk()] if pack else []

    def as_segment(member: Member, name: str, filters: people.Filters, at: datetime) -> str:
        made = api.make_segment(name=name, tree=tree_of(member.organisation.pk, filters), by=member, at=at)
        return reverse("segments:segment", args=[member.organisation.slug, made.pk])

    api.know_deed(api.DeedKind("received", ("messaging.message_sent",), _("received a bulletin"), only={"purpose": "marketing"}))
    opened = api.DeedKind("opened", ("messaging.mail_opened",), _("opened a bulletin"), never={"machine": "true"}, of="received")
    api.know_deed(opened)
    clicked = api.DeedKind(
        "clicked", ("messaging.mail_clicked",), _("followed a link of a bulletin"), never={"machine": "true"}, of="received"
    )
    api.know_deed(clicked)
    api.know_deed(api.DeedKind("visited", ("audience.page_viewed",), _("visited a page"), under=SHELVES, offered=categories))
    api.know_deed(api.DeedKind("asked", ("audience.question_asked",), _("asked a question")))
    api.know_deed(api.DeedKind("answered_form", ("sites.form_answered",), _("answered a form")))
    api.know_deed(api.DeedKind("commented", ("sites.comment_left",), _("left a comment")))
    api.describe()
    fill(BESIDE_CONTACT, beside_contact)
    fill(WITH_CHOSEN, with_chosen)
    vertical()
    people.connect(as_segment=as_segment)
    people.erases("segments", api.forget_contact)
    people.keeps("segments", api.kept_of)
    people.merges(
        people.Mover("segment_member", key=("segment_id",), once=("segment_id",), settle=api.recount, before=api.wait_for_others),
        people.Stays("contact_deed", "what both did is put together anew from the facts, which keep naming who they were of"),
    )
    invariant("segments.counted", "A segment's count is that of its members", api.counted_otherwise)
    invariant("segments.deeds", "What is kept of what people did is what the facts tell", api.done_otherwise)
    list_page(DeskPage("people", "segments:segments", _("Segments"), "filter", "see contacts", order=15))


def vertical() -> None:
    """Personas, sectors, and what an organisation has written for whom."""
    from oportuno.doors.marketplace.api import current_pack, stages_of_the_way
    from oportuno.offer.directory import api as sellers
    from oportuno.offer.knowledge import api as knowledge
    from oportuno.offer.media import api as library
    from oportuno.offer.sites import api as sites
    from oportuno.people.segments import api

    def personas(language: str) -> list[tuple[str, str]]:
        pack = current_pack()
        return [(one.slug, one.role.in_(language)) for one in pack.personas_of("buyer")] if pack else []

    def topics(language: str) -> list[tuple[str, str]]:
        with translation.override(language):
            return [(one.slug, sellers.said(one.title)) for one in sellers.sectors()]

    def stages(language: str) -> list[tuple[str, str]]:
        with translation.override(language):
            return stages_of_the_way()

    def written(organisation: int, slug: str) -> list[api.Text]:
        sorts = (
            ("sites:entry", sites.posts_for_personas(organisation)),
            ("knowledge-desk:article", knowledge.articles_for_personas(organisation)),
            ("library:piece", [one for one in library.own_pieces(limit=1_000) if one.persona]),
        )
        return [api.Text(str(one), reverse(view, args=[slug, one.pk]), one.persona, one.stage) for view, found in sorts for one in found]

    def asked(persona: str, stage: str, language: str) -> str:
        pack = current_pack()
        found = next((one for one in pack.personas_of("buyer") if one.slug == persona), None) if pack else None
        at = next((one for one in found.stages if one.stage == stage), None) if found else None
        return at.answer_with.in_(language) if at else ""

    def write(slug: str, persona: str, stage: str) -> list[api.Hole]:
        whom = {"persona": persona, "stage": stage}
        return [
            api.Hole(_("A post in your blog"), reverse("sites:new", args=[slug, "post"]), whom),
            api.Hole(_("An article for the knowledge centre"), reverse("knowledge-desk:beginning", args=[slug, "article"]), whom),
            api.Hole(_("A film, a recording or a talk"), f"{reverse('library:new-piece', args=[slug])}?persona={persona}&stage={stage}"),
        ]

    api.connect(personas=personas, topics=topics, stages=stages, written=written, asked=asked, write=write)
