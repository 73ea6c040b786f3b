"""What is offered and found: sellers, products, the library, search."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from oportuno.kernel.desk import DeskPage, add_tasks, list_page
from oportuno.kernel.invariants import invariant
from oportuno.kernel.slots import fill


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


def media() -> None:
    """The library: who uses its things, what documents show of it; for whom and about what pieces are."""
    from oportuno.doors.marketplace.api import current_pack, stages_of_the_way
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

    def stages(language: str) -> list[tuple[str, str]]:
        with translation.override(language):
            return stages_of_the_way()

    library.connect(personas=personas, categories=categories, stages=stages)
    add_source("picture", library.shown_pictures)
    add_source("file", library.shown_files)
    library.add_usage("pieces", library.where_told)
    invariant("media.uses", "What a document shows of the library is known to be used", library.untold)
    library.add_usage("products", offers.where_pictured)
    library.add_usage("profile", sellers.where_pictured)
    library.add_usage("site", places.where_pictured)
    add_tasks(library.tasks)
    list_page(DeskPage("offer", "library:library", _("Media"), "photo", "see", order=40))


def search() -> None:
    """Who feeds the index; demand and unmet searches; the searches that a person keeps."""
    from oportuno.doors.marketplace import api as market
    from oportuno.offer.catalogue import api as offers
    from oportuno.offer.directory import api as sellers
    from oportuno.offer.experts import api as knowing
    from oportuno.offer.glossary import api as words
    from oportuno.offer.guides import api as decisions
    from oportuno.offer.knowledge import api as centre
    from oportuno.offer.search.api import add_feeder, end_searches_of, unmet_count
    from oportuno.offer.search.views.mine import in_my_account
    from oportuno.people.organisations.api import MY_ACCOUNT, erases

    for one in (offers, sellers, centre, market, words, decisions):
        add_feeder(one.IN_SEARCH)
    for each in knowing.IN_SEARCH:
        add_feeder(each)
    list_page(DeskPage("market", "search:demand", _("Demand"), "search", "see market", operator_only=True, order=40, count=unmet_count))
    erases("search", lambda person, addresses, at: end_searches_of(person.pk))
    fill(MY_ACCOUNT, in_my_account, order=60)
