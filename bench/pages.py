"""Pages as a visitor gets them: list and search, product, seller and first page, uncached and cached, over HTTP.

    python bench/pages.py [--quick] [--json FILE]

At most: `/healthz`, a view that does nothing, asked the same way of the same server. Database, server and visitors share the machine.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from urllib.parse import quote

import goods
import market
from frame import Size, Workload, main
from scratch import Scratch
from server import Answers, Server, serving

LIMIT = "an empty view (/healthz) of the same server, 8 connections"
WARM_UP = "2 s of the same requests before each first run"
SHELVES = ["floreros", "macetas", "sustratos", "herramientas", "cintas-y-papeles", "empaques", "canastas-vacias"]


def measure(size: Size) -> Iterator[Workload]:
    scratch = Scratch("pages")
    try:
        market.open_demo()
        there = 0
        for wanted in size.steps[:1] if size.quick else size.steps[:2]:
            market.bring(scratch, wanted - there, start=there)
            there = wanted
            with serving(scratch) as server:
                yield Storefront(server, size, there).measure()
    finally:
        scratch.drop()


class Storefront:
    """All kinds of pages of one market of one size."""

    def __init__(self, server: Server, size: Size, products: int) -> None:
        self.server, self.size = server, size
        self.workload = Workload(
            f"pages over HTTP, {products:,} products",
            f"the demo market (42 sellers, 2,000 products) and {products:,} made-up products of ten sellers; 2 web processes of 4 threads,"
            " 8 kept connections; uncached: no page is kept, but how many things a whole shelf has is counted at most every 0.9 s",
            WARM_UP,
        )
        self.limit = 0.0

    def measure(self) -> Workload:
        self.limit = self.page("empty view", ["/healthz"], cached=True)
        self.page(
            "list with facets, uncached", lists(), goal=60, p95_goal=200, peer="Odoo 6.4 · oscar 5.9 · Saleor 15.8 (100,000: Odoo 3.2)"
        )
        self.page(
            "search with facets, uncached",
            searches(),
            goal=60,
            p95_goal=200,
            peer="Odoo 3.5 · oscar 0.6 · Saleor 12.7 (100,000: Odoo 0.85)",
        )
        self.slip()
        some = market.some_products(400)
        self.page("product page, uncached", some, goal=100, peer="Odoo 33 · oscar 18")
        self.page("seller page, uncached", market.seller_pages(), goal=100)
        self.page("first page, uncached", ["/"])
        self.page("product page, cached", some[:20], cached=True, goal=1000)
        self.page("seller page, cached", market.seller_pages()[:20], cached=True, goal=1000)
        self.page("first page, cached", ["/"], cached=True, goal=1000)
        return self.workload

    def page(self, name: str, paths: list[str], *, cached: bool = False, goal: float | None = None, p95_goal: float | None = None,
             peer: str = "") -> float:  # fmt: skip
        """Requests a second, median of the runs."""
        self.server.ask(paths, 2, cached=cached)
        runs = [self.server.ask(paths, self.size.seconds, cached=cached) for _ in range(self.size.runs)]
        limit = {"limit": self.limit, "limit_is": LIMIT} if self.limit else {}
        rate = self.workload.add(name, "requests/s", each(runs, lambda one: one.per_second), goal=goal, peer=peer, **limit)
        self.workload.add("  p50", "ms", each(runs, lambda one: one.p50_ms), less=True)
        self.workload.add("  p95", "ms", each(runs, lambda one: one.p95_ms), less=True, goal=p95_goal)
        self.workload.add("  processor time of web and database", "ms", each(runs, lambda one: one.cpu_ms), less=True)
        return rate.median

    def slip(self) -> None:
        """A typing error, asked by one visitor alone."""
        paths = [f"/buscar/?q={quote(one)}" for one in slips()]
        runs = [self.server.ask(paths, 60, connections=1, most=len(paths)) for _ in range(self.size.runs + 1)][1:]
        self.workload.add(
            "search with a typing error, alone: p95", "ms", each(runs, lambda one: one.p95_ms), less=True, goal=300, peer="Odoo 10 s"
        )


def each(runs: list[Answers], figure: Callable[[Answers], float]) -> list[float]:
    return [figure(one) for one in runs]


def lists() -> list[str]:
    """Shelves with all their facets: a third whole ones in their several orders and pages, a third narrowed by one thing, a third by two."""
    asked = []
    for shelf in SHELVES:
        base = f"/categorias/insumos/{shelf}/"
        asked += [base, *(f"{base}?page={page}" for page in (2, 3, 5)), *(f"{base}?sort={sort}" for sort in ("price", "-price", "newest"))]
        for colour in goods.COLOURS:
            asked += [f"{base}?a.colour={colour}", f"{base}?a.colour={colour}&in_stock=1", f"{base}?a.colour={colour}&sort=price"]
        asked += [f"{base}?least={least}&most={least * 3}&currency=COP" for least in (20_000, 50_000, 100_000, 200_000)]
        asked += [f"{base}?in_stock=1", f"{base}?certified=1", f"{base}?in_stock=1&certified=1"]
    asked += ["/categorias/insumos/", "/buscar/", "/buscar/?kind=product", "/categorias/insumos/?sort=price"]
    random.Random(23).shuffle(asked)
    return asked


def searches(count: int = 300) -> list[str]:
    """One to three words of the products, common and rare ones."""
    chance = random.Random(17)
    things = [one for names in goods.THINGS.values() for one in names]
    asked = []
    for _ in range(count):
        words = [chance.choice(things), chance.choice(goods.STYLES), chance.choice(list(goods.COLOURS))]
        asked.append(" ".join(words[: chance.choice([1, 2, 2, 3])]).lower())
    return [f"/buscar/?q={quote(one)}" for one in dict.fromkeys(asked)]


def slips() -> list[str]:
    """Longest words of the products with two letters changed about."""
    things = {max(one.lower().split(), key=len) for names in goods.THINGS.values() for one in names}
    return sorted(word[:2] + word[3] + word[2] + word[4:] for word in things if len(word) > 5)


if __name__ == "__main__":
    main(measure, __doc__)
