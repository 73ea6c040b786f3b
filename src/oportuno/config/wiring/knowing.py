"""The knowledge centre and its rooms."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from oportuno.kernel.desk import DeskPage, add_tasks, list_page
from oportuno.kernel.invariants import invariant
from oportuno.kernel.slots import fill


def knowledge() -> None:
    """The knowledge centre. Rooms of others stand on its first page: `fill(centre.ROOMS, …)` with `centre.room_card`."""
    from oportuno.doors.marketplace.api import cover
    from oportuno.doors.marketplace.views.beside import below_article, beside_article
    from oportuno.offer.knowledge import api as centre
    from oportuno.offer.media import api as library
    from oportuno.people.organisations.api import erases

    centre.connect(cover=cover)
    fill(centre.BESIDE_ARTICLE, beside_article)
    fill(centre.BELOW_ARTICLE, below_article)
    add_tasks(centre.tasks)
    library.add_usage("knowledge", centre.where_pictured)
    invariant("knowledge.read", "Nothing of a seller stands in the knowledge centre that the market did not approve", centre.shown_unread)
    invariant("knowledge.found", "Nothing of the knowledge centre is found that nobody may read", centre.found_unshown)
    erases("knowledge", lambda person, addresses, at: centre.forget_person(person.pk))
    list_page(DeskPage("site", "knowledge-desk:articles", _("Knowledge"), "book", "write content", order=45))
    reviews = DeskPage(
        "market",
        "knowledge-desk:reviews",
        _("Contributions"),
        "book",
        "see market",
        operator_only=True,
        order=46,
        count=centre.waiting_count,
    )
    list_page(reviews)
    list_page(DeskPage("market", "knowledge-desk:subjects", _("Subjects"), "category", "publish content", operator_only=True, order=47))


def glossary() -> None:
    """The words of the trade: documents lead to them; a seller who proposed one is named while the market shows it."""
    from django.http import HttpRequest
    from django.urls import reverse

    from oportuno.doors.marketplace.views.beside import below_term
    from oportuno.kernel.content import add_finish, add_kind, add_source
    from oportuno.offer.directory import api as sellers
    from oportuno.offer.glossary import api as words
    from oportuno.offer.knowledge import api as centre
    from oportuno.offer.sites.api import pieces
    from oportuno.people.organisations.api import erases

    def credit(organisation: int) -> tuple[str, str] | None:
        found = sellers.Seller.objects.filter(organisation_id=organisation, published=True).first()
        return (found.trade_name, f"/v/{found.slug}/") if found else None

    def sectors(language: str) -> list[tuple[str, str]]:
        with translation.override(language):
            return [(one.slug, sellers.said(one.title)) for one in sellers.sectors()]

    def room(request: HttpRequest) -> str:
        line = _("The words of the trade and what they mean, in Spanish and English.")
        count = words.count("en" if (translation.get_language() or "").startswith("en") else "es")
        counted = ngettext("%(n)s term", "%(n)s terms", count) % {"n": count}
        return centre.room_card(request, centre.Room(_("Glossary"), line, reverse("glossary:glossary"), "language", count, counted))

    words.connect(credits=credit, sectors=sectors)
    fill(words.BELOW_TERM, below_term)
    add_kind(words.LINKS)
    add_finish(words.linked_html, words.stamp_of)
    add_source("term", words.shown_terms)
    pieces.add_picker("term", "glossary:choices", "book")
    fill(centre.ROOMS, room, order=10)
    add_tasks(words.tasks)
    erases("glossary", lambda person, addresses, at: words.forget_person(person.pk))
    list_page(DeskPage("site", "glossary:proposals", _("Words"), "language", "write content", seller_only=True, order=46))
    list_page(DeskPage("market", "glossary:terms", _("Glossary"), "language", "see market", operator_only=True, order=48))
    reviews = DeskPage(
        "market",
        "glossary:reviews",
        _("Words to review"),
        "language",
        "see market",
        operator_only=True,
        order=49,
        count=words.waiting_count,
    )
    list_page(reviews)


def ebooks() -> None:
    """Books made of the knowledge centre, in the vertical's colours."""
    from django.http import HttpRequest
    from django.urls import reverse

    from oportuno.doors.marketplace.api import current_pack
    from oportuno.offer.ebooks import api as books
    from oportuno.offer.knowledge import api as centre
    from oportuno.people.organisations.api import erases

    def palette() -> list[books.Colours]:
        pack = current_pack()
        if pack is None:
            return []
        light, dark = pack.identity.brand.light, pack.identity.brand.dark
        return [
            books.Colours("brand", _("The market's own"), light.brand, light.on_brand),
            books.Colours("accent", _("Its second colour"), light.accent, light.on_accent),
            books.Colours("soft", _("Light"), light.brand_soft, light.on_brand_soft),
            books.Colours("dark", _("Dark"), dark.surface, dark.ink),
        ]

    def room(request: HttpRequest) -> str:
        line = _("Articles and cases on one subject, gathered to take away, with all their sources.")
        count = books.count()
        counted = ngettext("%(n)s book", "%(n)s books", count) % {"n": count}
        return centre.room_card(request, centre.Room(_("Books"), line, reverse("ebooks:shelf"), "notebook", count, counted))

    books.connect(palette)
    fill(centre.ROOMS, room, order=30)
    add_tasks(books.tasks)
    erases("ebooks", lambda person, addresses, at: books.forget_person(person.pk))
    list_page(DeskPage("market", "ebooks:books", _("Books"), "notebook", "see market", operator_only=True, order=50))


def experts() -> None:
    """Public questions, who answers them, and why one may believe it; who of those who asked is forgotten."""
    from oportuno.offer.experts import api as knowing
    from oportuno.offer.knowledge import api as centre
    from oportuno.offer.media import api as library
    from oportuno.offer.sites import api as places
    from oportuno.people.audience import api as people
    from oportuno.people.organisations.api import erases

    fill(centre.ROOMS, knowing.room, order=20)
    fill(places.BELOW_AUTHOR, knowing.beside_author)
    knowing.describe()
    add_tasks(knowing.tasks)
    library.add_usage("experts", knowing.where_pictured)
    people.erases("experts", knowing.forget_contact)
    people.keeps("experts", knowing.kept_questions)
    people.merges(people.Mover("public_question_listener", once=("question_id",), better="t.asked::int"))
    erases("experts", lambda person, addresses, at: knowing.forget_person(addresses))
    invariant("experts.sources", "Nothing is said for an expert that nobody can look up", knowing.believed_without_source)
    invariant("experts.answers", "No answer is read that was declined or taken back", knowing.heard_of_hidden)
    invariant("experts.houses", "Whoever answers without a seller is of the market's own staff", knowing.of_nobody)
    list_page(DeskPage("site", "experts:own_experts", _("Experts"), "user-check", "see", order=70))
    list_page(DeskPage("people", "experts:open_questions", _("Questions to answer"), "help-circle", "see", order=25))
    asked = DeskPage(
        "market",
        "experts:questions",
        _("Public questions"),
        "help-circle",
        "see market",
        operator_only=True,
        order=62,
        count=knowing.questions_waiting,
    )
    list_page(asked)
    handed_in = DeskPage(
        "market",
        "experts:reviews",
        _("Experts to review"),
        "user-check",
        "see market",
        operator_only=True,
        order=63,
        count=knowing.waiting_count,
    )
    list_page(handed_in)


def guides() -> None:
    """Guides that help to decide: what the vertical brings of them, who reviews, and their place in the knowledge centre."""
    from oportuno.doors.marketplace.api import current_pack
    from oportuno.offer.guides import api as decisions
    from oportuno.offer.knowledge import api as centre

    def templates() -> list[decisions.GuideTemplate]:
        pack = current_pack()
        return [decisions.template_of(**one.model_dump()) for one in pack.guides.guides] if pack else []

    decisions.connect_templates(templates)
    decisions.describe()
    add_tasks(decisions.tasks)
    fill(centre.ROOMS, decisions.in_knowledge, order=50)
    list_page(DeskPage("site", "guides:guides", _("Guides"), "list-check", "see", order=80))
    reviews = DeskPage(
        "market",
        "guides:reviews",
        _("Guides to review"),
        "list-check",
        "see market",
        operator_only=True,
        order=70,
        count=decisions.waiting_count,
    )
    list_page(reviews)
