"""What stands around every page of a site: its name, its menus, its look."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from oportuno.kernel.statements import Statement
from oportuno.offer.media.api import Picture
from oportuno.offer.sites.models import Entry
from oportuno.offer.sites.queries.sites import Place
from oportuno.offer.sites.queries.themes.finding import appearance
from oportuno.offer.sites.rules.menus import Item, read_menus

MOST_USUAL = 6
"""Pages in the menu that nobody made."""
LINKED: Statement[Entry] = Statement(lambda own, ids: Entry.objects.filter(organisation_id=own, published=True, pk__among=ids).only("path"))
TOP: Statement[Entry] = Statement(
    lambda own: (
        Entry.objects.filter(organisation_id=own, published=True, kind="page", parent__isnull=True)
        .order_by("position", "title")
        .only("title", "path")[: MOST_USUAL + 1]
    )
)


@dataclass(frozen=True)
class Line:
    """A line of a menu. `here`: it is the page that is shown."""

    label: str
    address: str
    here: bool
    items: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Frame:
    """Of a page. Addresses are paths of the same host, but for `market`, which is whole.

    Of its look: the one `stylesheet`, fonts to `preload`, `classes` of the body, and its `ground`: light, dark, or "" as the reader's device says.
    """

    title: str
    tagline: str
    logo: Picture | None
    home: str
    menu: tuple[Line, ...]
    footer: tuple[Line, ...]
    language: str
    stylesheet: str
    preload: tuple[str, ...]
    classes: str
    ground: str
    market: str
    blog: str
    feed: str


def frame_of(place: Place, here: str) -> Frame:
    """The frame around the page at the path `here`. Two queries: the entries in the menus, the logo."""
    site = place.site
    look = appearance(site.theme, site.look)
    menus = read_menus(site.menus)
    wanted = list(menus.entries())
    entries = {one.pk: one.path for one in LINKED.all(own=site.organisation_id, ids=wanted)} if wanted else {}

    def line(item: Item) -> Line | None:
        below = tuple(found for one in item.items if (found := line(one)))
        if item.entry:
            path = entries.get(item.entry)
            if path is None:
                return below[0] if len(below) == 1 else None
            home = site.home_id == item.entry
            return Line(item.label, place.home if home else place.to(path), here == ("" if home else path), below)
        if item.blog:
            return Line(item.label, place.to("blog"), here == "blog" or here.startswith("blog/"), below)
        return Line(item.label, item.address, False, below)

    main = tuple(found for one in menus.main if (found := line(one)))
    return Frame(
        title=site.title,
        tagline=site.tagline,
        logo=site.logo,
        home=place.home,
        menu=main or _usual(place, here),
        footer=tuple(found for one in menus.footer if (found := line(one))),
        language=site.language,
        stylesheet=f"{place.sheets or place.base}tema.{look.digest}.css",
        preload=look.preload,
        classes=look.classes,
        ground=look.ground,
        market=place.market,
        blog=place.to("blog"),
        feed=place.to("blog/rss.xml"),
    )


def _usual(place: Place, here: str) -> tuple[Line, ...]:
    """Without a menu of its own: the pages at the top, in their order, and the blog."""
    site = place.site
    top = [one for one in TOP.all(own=site.organisation_id) if one.pk != site.home_id][:MOST_USUAL]
    lines = [Line(one.title, place.to(one.path), here == one.path) for one in top]
    blog = Line(site.blog_title or _("Blog"), place.to("blog"), here == "blog" or here.startswith("blog/"))
    return (Line(_("Home"), place.home, here == ""), *lines, blog)
