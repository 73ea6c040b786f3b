"""Sites and blogs: a post, a blog's first page and a home, uncached and cached; homes of many sites by their own host names.

    python bench/sites.py [--quick] [--json FILE]

Also how soon a page is right after a change. At most: `/healthz`, a view that does nothing, asked the same way of the same server.
"""

from __future__ import annotations

import http.client
import time
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from frame import Size, Workload, main
from pages import LIMIT, WARM_UP, each
from scratch import Scratch
from server import Server, serving

POSTS = 12
"""Of each site."""
STEPS = (10, 300, 3_000)
RIGHT = 5.0
"""Seconds within which a page must be right."""


def measure(size: Size) -> Iterator[Workload]:
    scratch = Scratch("sites")
    try:
        there = 0
        for wanted in STEPS[:2] if size.quick else STEPS:
            found(there, wanted)
            scratch.as_owner("VACUUM ANALYZE")
            there = wanted
            with serving(scratch) as server:
                yield Sites(server, size, there).measure()
    finally:
        scratch.drop()


class Sites:
    """All kinds of pages of so many sites."""

    def __init__(self, server: Server, size: Size, count: int) -> None:
        self.server, self.size, self.count = server, size, count
        self.workload = Workload(
            f"sites over HTTP, {count:,} sites",
            f"{count:,} sites of {POSTS} posts of 31 blocks (10 KB) each, with author, tags and category, each on a domain of its own;"
            " 2 web processes of 4 threads, 8 kept connections; addresses of 400 sites in turn",
            WARM_UP,
        )
        self.limit = 0.0

    def measure(self) -> Workload:
        some = range(0, self.count, max(1, self.count // 400))
        self.limit = self.page("empty view", ["/healthz"], cached=True)
        posts = [f"/v/bench-{one}/blog/pieza-{one % POSTS}/" for one in some]
        self.page("post, uncached", posts, goal=150, peer="Wagtail 32")
        self.page("blog, uncached", [f"/v/bench-{one}/blog/" for one in some], peer="Wagtail 20")
        self.page("home by host name, uncached", [f"//www.bench-{one}.example/" for one in some], goal=150)
        self.page("post by host name, uncached", [f"//www.bench-{one}.example/blog/pieza-{one % POSTS}/" for one in some], goal=150)
        self.page("post, cached", posts[:20], cached=True, goal=1000)
        self.page("home by host name, cached", [f"//www.bench-{one}.example/" for one in some][:20], cached=True, goal=1000)
        runs = [self.right_after(number) for number in range(self.size.runs)]
        self.workload.add("a post is right after a change", "s", runs, less=True, goal=RIGHT)
        return self.workload

    def page(self, name: str, paths: list[str], *, cached: bool = False, goal: float | None = None, peer: str = "") -> float:
        """Requests a second, median of the runs."""
        self.server.ask(paths, 2, cached=cached)
        runs = [self.server.ask(paths, self.size.seconds, cached=cached) for _ in range(self.size.runs)]
        limit = {"limit": self.limit, "limit_is": LIMIT} if self.limit else {}
        rate = self.workload.add(name, "requests/s", each(runs, lambda one: one.per_second), goal=goal, peer=peer, **limit)
        self.workload.add("  p95", "ms", each(runs, lambda one: one.p95_ms), less=True)
        self.workload.add("  processor time of web and database", "ms", each(runs, lambda one: one.cpu_ms), less=True)
        return rate.median

    def right_after(self, number: int) -> float:
        """Seconds from a post's change until every one of twenty visitors in a row, of both web processes, is shown it."""
        from oportuno.offer.sites.models import Entry

        path, words = "/v/bench-1/blog/pieza-1/", f"Cambio {number} {time.time()}"
        for _ in range(40):
            self._body(path)
        with _market():
            Entry.objects.filter(path="blog/pieza-1", slug="pieza-1", organisation_id=_organisation("bench-1")).update(title=words)
        begin = last_wrong = time.monotonic()
        right = 0
        while right < 20:
            if words in self._body(path):
                right += 1
            else:
                right, last_wrong = 0, time.monotonic()
        return last_wrong - begin

    def _body(self, path: str) -> str:
        door = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=10)
        try:
            door.request("GET", path, headers={"Host": f"localhost:{self.server.port}"})
            return door.getresponse().read().decode()
        finally:
            door.close()


def _market():  # type: ignore[no-untyped-def]
    from oportuno.kernel.isolation import for_market

    return for_market("a benchmark writes sites by the thousand")


def _organisation(slug: str) -> int:
    from oportuno.people.organisations.api import Organisation

    return int(Organisation.objects.get(slug=slug).pk)


def found(start: int, end: int) -> None:
    """Sites `bench-<start>` to `bench-<end - 1>`, written in sets."""
    from content import post as article  # it wants the scratch database to be there

    from oportuno.kernel.clock import now
    from oportuno.kernel.ids import new_id
    from oportuno.offer.sites.models import Author, Domain, Entry, Revision, Site, Term
    from oportuno.people.organisations.api import Organisation

    at, document = now(), article()
    document["blocks"] = [one for one in document["blocks"] if one["type"] != "image"]
    names = [f"bench-{number}" for number in range(start, end)]
    Organisation.objects.bulk_create([Organisation(slug=one, name=one, kind="partner", country="CO", created_at=at) for one in names])
    owners = dict(Organisation.objects.filter(slug__in=names).values_list("slug", "pk"))
    with _market():
        sites, domains, authors, terms, entries, revisions = [], [], [], [], [], []
        for name in names:
            own = {"organisation_id": owners[name]}
            site = Site(
                **own,
                title=name,
                tagline="De prueba",
                language="es",
                allowed=True,
                opened_at=at,
                published=True,
                created_at=at,
                changed_at=at,
            )
            author = Author(**own, name="Ana", slug="ana", bio="Cultiva.", published=True, created_at=at)
            kinds = [Term(**own, kind=kind, name=word, slug=word.lower(), published=True, created_at=at)
                     for kind, word in (("category", "Consejos"), ("tag", "Agua"), ("tag", "Luz"))]  # fmt: skip
            common = {**own, "state": "published", "published": True, "document": document, "words": 600, "live": 1, "last": 1,
                      "created_at": at, "changed_at": at, "excerpt": "Corta el tallo en bisel y cambia el agua."}  # fmt: skip
            home = Entry(**common, kind="page", path="inicio", slug="inicio", title="Inicio", published_at=at)
            site.home_id = home.pk
            mine = [home]
            for post in range(POSTS):
                marks: list[UUID] = [kinds[0].pk, kinds[1 + post % 2].pk]
                mine.append(Entry(**common, kind="post", path=f"blog/pieza-{post}", slug=f"pieza-{post}", title=f"Pieza {post}", author=author,
                                  terms=marks, published_at=at - timedelta(days=post)))  # fmt: skip
            revisions += [
                Revision(**own, id=new_id(), entry=one, number=1, title=one.title, document=document, at=at, kept=True) for one in mine
            ]
            domains.append(Domain(**own, name=f"www.{name}.example", token=name, state="proved", main=True, published=True, created_at=at, proved_at=at,
                                  checked_at=at))  # fmt: skip
            sites.append(site)
            authors.append(author)
            terms += kinds
            entries += mine
        for rows in (authors, terms, entries, revisions, sites, domains):
            type(rows[0]).objects.bulk_create(rows, batch_size=500)


if __name__ == "__main__":
    main(measure, __doc__)
