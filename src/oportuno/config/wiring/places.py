"""Sites: pages, themes, forms, what readers say."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from oportuno.kernel.desk import DeskPage, add_tasks, list_page


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
    people.merges(people.Mover("site_form_answer"))
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
    people.merges(people.Mover("site_comment_sender"), people.Mover("site_topic_asker", once=("topic_id",)))
    erases("sites", lambda person, addresses, at: voices.forget_person(person.pk, addresses))
    list_page(DeskPage("site", "sites:comments", _("Comments"), "messages", "see", order=40, count=voices.waiting_count))
    list_page(DeskPage("site", "sites:topics", _("Topics asked for"), "bulb", "write content", order=50))


def _template(one: Any, language: str) -> Any:
    """A template of the pack in one language, as sites know it."""
    from oportuno.offer.sites.api import Draft, Template

    drafts = [Draft(draft.kind, getattr(draft.title, language), getattr(draft.body, language), draft.finish) for draft in one.drafts]
    words = {name: getattr(getattr(one, name), language) for name in ("title", "hint", "tagline")}
    return Template(slug=one.slug, theme=one.theme, drafts=drafts, **words)
