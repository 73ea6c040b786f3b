"""Who fills which slot and port. The only place that knows everyone.

Each application has one function here: its pages of the workbench, what it puts into lower slots.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from oportuno.kernel.desk import DeskPage, add_tasks, list_page
from oportuno.kernel.errors import NotFound
from oportuno.kernel.invariants import invariant
from oportuno.kernel.slots import fill


def connect() -> None:
    """Called once at start, after every application has loaded."""
    organisations()
    audience()
    messaging()
    sites()
    directory()
    catalogue()
    knowledge()
    glossary()
    ebooks()
    experts()
    guides()
    media()
    search()
    backoffice()
    marketplace()
    promises()


def organisations() -> None:
    """Team, organisation, keys."""
    list_page(DeskPage("house", "organisations:team", _("Team"), "users", "see", order=10))
    list_page(DeskPage("house", "organisations:organisation", _("Organisation"), "building", "manage organisation", order=20))
    list_page(DeskPage("house", "organisations:keys", _("Keys for programs"), "key", "manage keys", order=30))


def audience() -> None:
    """Contacts captured, questions; who posts its mail, whom the public may write to, and what the bulletin is about."""
    from oportuno.kernel.ui.context import BELOW
    from oportuno.offer.directory import api as sellers
    from oportuno.people.audience import api as people
    from oportuno.people.audience.queries.tasks import promises_broken, questions_to_answer
    from oportuno.people.audience.views.mine import in_my_account
    from oportuno.people.audience.views.visits import visit_notice
    from oportuno.people.messaging.api import send
    from oportuno.people.organisations.api import MY_ACCOUNT, Member, Organisation, erases

    def post(**mail: Any) -> bool:
        return send(**mail) is not None

    def is_open(organisation: Organisation) -> bool:
        with suppress(NotFound):
            return bool(sellers.published_seller(organisation.slug).organisation_id == organisation.pk)
        return False

    def topics(language: str) -> list[people.Topic]:
        with translation.override(language):
            return [people.Topic(one.slug, sellers.said(one.title)) for one in sellers.sectors()]

    def promised_hours(organisation: Organisation) -> int | None:
        found = sellers.seller_of(organisation.pk)
        return found.answer_hours if found else None

    def promise_hours(member: Member, hours: int, at: datetime) -> None:
        if sellers.seller_of(member.organisation.pk):
            sellers.change_profile(by=member, at=at, answer_hours=str(hours))

    people.connect(post=post, is_open=is_open, topics=topics, promised_hours=promised_hours, promise_hours=promise_hours)
    people.describe()
    erases("audience", lambda person, addresses, at: people.erase_person(person=person.pk, addresses=addresses, at=at))
    fill(MY_ACCOUNT, in_my_account, order=50)
    add_tasks(questions_to_answer)
    add_tasks(promises_broken)
    fill(BELOW, visit_notice)
    list_page(DeskPage("people", "audience:contacts", _("Contacts"), "users-group", "see contacts", order=10))
    list_page(DeskPage("market", "audience:promises", _("Broken promises"), "clock", "see market", operator_only=True, order=30))
    list_page(DeskPage("people", "audience:questions", _("Questions"), "message-question", "answer", order=20, count=people.count_open))


def messaging() -> None:
    """Mail sent, and the catcher's inbox in development mode."""
    from django.conf import settings

    from oportuno.offer.directory import api as sellers
    from oportuno.people.messaging.api import describe, erase_mail, postal_addresses
    from oportuno.people.organisations.api import Organisation, erases

    def postal(organisation: Organisation) -> str:
        found = sellers.seller_of(organisation.pk)
        point = next((one for one in sellers.points_of(found) if one.address), None) if found else None
        if point is None:
            return ""
        return point.address if point.place is None or point.place.name_es in point.address else f"{point.address}, {point.place.name_es}"

    describe()
    postal_addresses(postal)
    erases("messaging", lambda person, addresses, at: erase_mail(addresses))
    list_page(DeskPage("people", "messaging:messages", _("Mail sent"), "mail", "see contacts", order=80))
    if not settings.PRODUCTION:
        caught = "integrations:caught-mails"
        list_page(DeskPage("market", caught, _("Caught mail"), "mail-opened", "see market", operator_only=True, order=90))


def sites() -> None:
    """The site and the blog; whom the market lets be seen: a seller while it is approved, everybody else at once."""
    from oportuno.doors.marketplace.api import current_pack
    from oportuno.offer.directory import api as sellers
    from oportuno.offer.sites import api as places
    from oportuno.people.organisations.api import Kind, Organisation

    def is_allowed(organisation: Organisation) -> bool:
        if organisation.kind != Kind.SELLER:
            return True
        found = sellers.seller_of(organisation.pk)
        return bool(found and found.published)

    def templates(language: str) -> list[places.Template]:
        pack = current_pack()
        return [_template(one, language) for one in pack.sites.templates] if pack else []

    places.connect_judge(is_allowed)
    places.connect_templates(templates)
    list_page(DeskPage("site", "sites:site", _("Your site"), "world", "see", order=10))
    list_page(DeskPage("site", "sites:pages", _("Pages"), "file-text", "see", order=20))
    list_page(DeskPage("site", "sites:posts", _("Blog"), "pencil", "see", order=30))
    voices_of_readers()
    forms_of_sites()
    list_page(DeskPage("site", "integrations:wordpress", _("From and to WordPress"), "file-import", "publish content", order=90))
    themes_of_designers()


def themes_of_designers() -> None:
    """What sites wear, who makes it for others, and the market's look at it."""
    from oportuno.offer.sites.api import theme_tasks, themes_waiting
    from oportuno.people.organisations.api import Kind

    add_tasks(theme_tasks)
    list_page(DeskPage("site", "sites:themes", _("Theme"), "palette", "see", order=60))
    list_page(DeskPage("offer", "sites:made_themes", _("Themes for others"), "brush", "publish content", kind=Kind.PROFESSIONAL, order=90))
    reviews = DeskPage(
        "market", "sites:theme_reviews", _("Themes to review"), "brush", "see market", operator_only=True, order=60, count=themes_waiting
    )
    list_page(reviews)


def forms_of_sites() -> None:
    """What visitors answer; who of them is forgotten."""
    from oportuno.offer.sites.api import inquiries
    from oportuno.people.audience import api as people

    people.erases("forms", inquiries.forget_answers_of)
    people.keeps("forms", inquiries.kept_answers)
    blocks_of_sites()
    list_page(DeskPage("site", "sites:forms", _("Forms"), "clipboard-list", "see", order=35))


def blocks_of_sites() -> None:
    """What documents show of the market and of sites, and from what one picks it."""
    from oportuno.kernel.content import add_kind, add_source
    from oportuno.offer.catalogue import api as offers
    from oportuno.offer.directory import api as sellers
    from oportuno.offer.sites.api import pieces
    from oportuno.offer.sites.forms.drawing import draw_form

    for kind in pieces.KINDS:
        add_kind(kind)
    pieces.draws(draw_form)
    sources = {
        "form": pieces.shown_forms,
        "posts": pieces.shown_posts,
        "product": offers.shown_products,
        "seller": sellers.shown_sellers,
        "point": sellers.shown_points,
    }
    for name, source in sources.items():
        add_source(name, source)
    pieces.add_picker("product", "catalogue:choices", "package")
    pieces.add_picker("seller", "directory:seller_choices", "building-store")
    pieces.add_picker("point", "directory:point_choices", "map-pin")


def voices_of_readers() -> None:
    """What readers say in blogs: comments to decide, topics they ask for; who of them is forgotten."""
    from oportuno.offer.sites.api import voices
    from oportuno.people.audience import api as people
    from oportuno.people.organisations.api import erases

    add_tasks(voices.tasks)
    voices.describe()
    people.erases("sites", voices.forget_contact)
    people.keeps("sites", voices.kept_words)
    erases("sites", lambda person, addresses, at: voices.forget_person(person.pk, addresses))
    list_page(DeskPage("site", "sites:comments", _("Comments"), "messages", "see", order=40, count=voices.waiting_count))
    list_page(DeskPage("site", "sites:topics", _("Topics asked for"), "bulb", "write content", order=50))


def _template(one: Any, language: str) -> Any:
    """A template of the pack in one language, as sites know it."""
    from oportuno.offer.sites.api import Draft, Template

    drafts = [Draft(draft.kind, getattr(draft.title, language), getattr(draft.body, language), draft.finish) for draft in one.drafts]
    words = {name: getattr(getattr(one, name), language) for name in ("title", "hint", "tagline")}
    return Template(slug=one.slug, theme=one.theme, drafts=drafts, **words)


def directory() -> None:
    """Profile, application, vetting, the operator's overview of sellers."""
    from oportuno.offer.directory import api as sellers

    list_page(DeskPage("work", "directory:plan", _("Plan"), "map-2", "see", seller_only=True, order=20))
    list_page(DeskPage("offer", "directory:application", _("Application"), "clipboard-check", "apply to sell", seller_only=True, order=70))
    list_page(DeskPage("offer", "directory:profile", _("Profile"), "id", "edit profile", seller_only=True, order=60))
    list_page(DeskPage("offer", "directory:points", _("Points of sale"), "map-pin", "see", seller_only=True, order=50))
    vetting = DeskPage(
        "market", "directory:vetting", _("Vetting"), "gavel", "vet sellers", operator_only=True, order=10, count=sellers.waiting_count
    )
    list_page(vetting)
    list_page(DeskPage("market", "directory:sellers", _("Sellers"), "building-store", "see market", operator_only=True, order=20))
    add_tasks(sellers.tasks)
    sellers.plan_places(
        catalogue="catalogue:products",
        stock="catalogue:stock",
        questions="audience:questions",
        contacts="audience:contacts",
        personas="market:buyers",
    )


def catalogue() -> None:
    """Products, stock, imports; what must always hold of them."""
    from oportuno.offer.catalogue import api as offers

    list_page(DeskPage("offer", "catalogue:products", _("Products"), "package", "see", seller_only=True, order=10))
    list_page(DeskPage("offer", "catalogue:stock", _("Stock"), "stack-2", "see", seller_only=True, order=20))
    list_page(DeskPage("offer", "catalogue:imports", _("Imports"), "file-import", "edit catalogue", seller_only=True, order=30))
    for name, (promise, count) in offers.PROMISES.items():
        invariant(f"catalogue.{name}", promise, count)


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
    add_kind(words.LINKS)
    add_finish(words.linked_html)
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
    erases("experts", lambda person, addresses, at: knowing.forget_person(addresses))
    invariant("experts.sources", "Nothing is said for an expert that nobody can look up", knowing.believed_without_source)
    invariant("experts.answers", "No answer is read that was declined or taken back", knowing.heard_of_hidden)
    list_page(DeskPage("site", "experts:own_experts", _("Experts"), "user-check", "see", seller_only=True, order=70))
    list_page(DeskPage("people", "experts:open_questions", _("Public questions"), "help-circle", "see", seller_only=True, order=25))
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


def media() -> None:
    """The library: who uses its things, what documents show of it; for whom and about what pieces are."""
    from oportuno.doors.marketplace.api import current_pack
    from oportuno.kernel.content import add_source
    from oportuno.offer.catalogue import api as offers
    from oportuno.offer.directory import api as sellers
    from oportuno.offer.media import api as library
    from oportuno.offer.sites import api as places

    def personas(language: str) -> list[tuple[str, str]]:
        pack = current_pack()
        return [(one.slug, one.role.in_(language)) for one in pack.personas_of("buyer")] if pack else []

    def categories(language: str) -> list[tuple[str, str]]:
        pack = current_pack()
        return [(one.slug, one.title.in_(language)) for one in pack.taxonomy.categories] if pack else []

    library.connect(personas=personas, categories=categories)
    add_source("picture", library.shown_pictures)
    add_source("file", library.shown_files)
    library.add_usage("pieces", library.where_told)
    library.add_usage("products", offers.where_pictured)
    library.add_usage("profile", sellers.where_pictured)
    library.add_usage("site", places.where_pictured)
    add_tasks(library.tasks)
    list_page(DeskPage("offer", "library:library", _("Media"), "photo", "see", order=40))


def search() -> None:
    """Demand and unmet searches; the searches that a person keeps."""
    from oportuno.offer.search.api import end_searches_of, unmet_count
    from oportuno.offer.search.views.mine import in_my_account
    from oportuno.people.organisations.api import MY_ACCOUNT, erases

    list_page(DeskPage("market", "search:demand", _("Demand"), "search", "see market", operator_only=True, order=40, count=unmet_count))
    erases("search", lambda person, addresses, at: end_searches_of(person.pk))
    fill(MY_ACCOUNT, in_my_account, order=60)


def backoffice() -> None:
    """Today, jobs, audit."""
    list_page(DeskPage("work", "desk:today", _("Today"), "sun", "see", order=0))
    list_page(DeskPage("house", "desk:audit", _("Audit"), "history", "manage organisation", order=80))
    list_page(DeskPage("house", "desk:jobs", _("Jobs"), "settings", "see market", operator_only=True, order=90))


def marketplace() -> None:
    """The vertical: whom sellers help, and all that its pack decides."""
    list_page(DeskPage("people", "market:buyers", _("Whom you help"), "heart-handshake", "see", seller_only=True, order=90))
    list_page(DeskPage("market", "market:vertical", _("Vertical"), "book", "see market", operator_only=True, order=50))


def promises() -> None:
    """What must hold at every moment; `./oportuno invariants` counts where it does not."""
    from oportuno.kernel.audit import all_chain_breaks
    from oportuno.kernel.facts.invariants import facts_without_kind
    from oportuno.offer.catalogue.api import PROMISES
    from oportuno.offer.directory import api as sellers
    from oportuno.offer.search import api as search
    from oportuno.offer.sites import api as sites
    from oportuno.people.messaging import api as mail

    invariant("audit.chain", "Nobody changed what stands in the audit trail", all_chain_breaks)
    invariant("facts.kinds", "Every fact in the log is of a kind that was declared", facts_without_kind)
    invariant("messaging.consent", "No marketing goes out to who did not agree to it", mail.sent_without_consent)
    invariant("messaging.once", "No message goes out twice", mail.sent_twice)
    invariant("directory.states", "An application's state is its last turn's", sellers.states_without_turn)
    invariant("directory.seen", "Nothing is seen of a seller who is not approved", sellers.seen_against_standing)
    invariant("directory.found", "Nothing is found of a seller who is not seen", sellers.found_against_standing)
    invariant("search.counted", "Everything found is counted by all its tags", search.counted_otherwise)
    invariant("sites.themes", "A theme's installs and stars are those of who uses it", sites.themes_counted_otherwise)
    for name, (promise, count) in PROMISES.items():
        invariant(f"catalogue.{name}", promise, count)
