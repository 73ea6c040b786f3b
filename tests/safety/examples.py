"""For each parameter of an address: an object of Alba's (or of whoever owns that kind), and one that is not there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from oportuno.kernel.clock import now
from oportuno.kernel.policies import Policy, operations_of
from oportuno.kernel.routes import Route, all_routes
from tests.safety.market import ABSENT, Market, first

PARAMETER = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
GROUP = re.compile(r"\(\?P<(?P<name>\w+)>(?:[^()\[\]]|\[[^\]]*\])*\)")
Find = Callable[[Market], Any]


def row(table: str, *, of: str = "organisation_id = %s", column: str = "id") -> Find:
    return lambda market: first(table, of, market.organisation, column=column)


def any_row(table: str, column: str = "id", where: str = "true") -> Find:
    return lambda market: first(table, where, column=column)


ALBAS_NUMBER = row("knowledge_article", of="organisation_id = %s AND published", column="number")
OWN: dict[str, Find] = {
    "organisation": lambda market: market.alba.member.organisation.slug,
    "contact": row("contact"),
    "other": row(
        "contact",
        of="organisation_id = %s AND id <> (SELECT c.id FROM contact c WHERE c.organisation_id = contact.organisation_id ORDER BY c.id LIMIT 1)",
    ),
    "merge": row("contact_merge"),
    "question": row("question"),
    "invitation": row("invitation"),
    "person": lambda market: market.members["seller"].person.pk,
    "key": row("api_key"),
    "message": row("message"),
    "suppression": row("suppression"),
    "frame": row("mail_frame"),
    "point": row("point_of_sale"),
    "step": row("plan_step"),
    "milestone": row("seller_milestone"),
    "evidence": row("vetting_evidence", of="organisation_id = %s AND document_id IS NOT NULL"),
    "requirement": any_row("requirement", "key"),
    "offer": row("offer"),
    "product": row("product", column="slug"),
    "picture": row("product_picture"),
    "variant": row("variant"),
    "run": row("import_run"),
    **{
        f"run:audience:import{name}": row("contact_import")
        for name in ("", "-columns", "-application", "-cancellation", "-reversal", "-report")
    },
    **{f"run:api:contact-import{name}": row("contact_import") for name in ("", "-application")},
    **{f"run:integrations:wordpress-{name}": row("wordpress_run") for name in ("run", "application", "cancellation", "undoing")},
    "change": row("bulk_change"),
    "tagging": row("contact_tagging"),
    "field": row("contact_field"),
    "identity": row(
        "contact_identity",
        of="organisation_id = %s AND contact_id = (SELECT c.id FROM contact c WHERE c.organisation_id = contact_identity.organisation_id ORDER BY c.id LIMIT 1)",
    ),
    "document": row("document"),  # a piece of evidence, which no product shows
    "sku": row("offer", column="sku"),
    "item": row("media_item"),
    "folder": row("media_folder"),
    "change:library:reversal": row("media_change"),
    "channel": row("media_channel"),
    "find": row("media_find"),
    "collection": row("media_collection"),
    "piece": row("media_piece"),
    "version": row("theme_version"),
    "article": row("knowledge_article", of="organisation_id = %s AND review = 'waiting'"),
    "source": row("knowledge_reference"),
    "contribution": row("knowledge_article"),
    "proposal": row("glossary_proposal"),
    "entry": row("site_entry", of="organisation_id = %s AND kind = 'post' AND published"),
    "term": row("site_term"),
    "author": row("site_author"),
    "domain": row("site_domain"),
    "form": row("site_form"),
    "answer": row("site_form_answer"),
    **{f"form:{name}": row("site_form", column="slug") for name in ("site:form", "site:form_seen", "own:form", "own:form_seen")},
    **{f"form:{name}": row("site_form", column="slug") for name in ("own:form_in_market", "own:form_seen_in_market")},
    "same": lambda market: market.alba.member.organisation.slug,
    "expert": row("expert"),
    "guide": row("guide"),
    "expert:experts:expert": row("expert", column="slug"),
    **{f"point:experts:{name}": row("expert_point") for name in ("point", "point_removal", "point_decision")},
    **{f"answer:experts:{name}": row("expert_answer") for name in ("answer", "answer_hiding", "answer_review", "answer_decision", "vote")},
    "slug:api:expert": row("expert", column="slug"),
    "segment": row("segment", of="organisation_id = %s AND kind = 'live' AND revision > 0 AND deleted_at IS NULL"),
    "segment:segments:members": row("segment", of="organisation_id = %s AND kind = 'list'"),
    **{
        f"segment:segments:{name}": row("segment", of="organisation_id = %s AND kind = 'list'")
        for name in ("list-file", "list-file-decision")
    },
    "segment:segments:restoration": row("segment", of="organisation_id = %s AND deleted_at IS NOT NULL"),
    "campaign": row("campaign", of="organisation_id = %s AND state = 'draft'"),
    "series": row("campaign_series"),
    "comment": row("site_comment", of="organisation_id = %s AND author_id IS NULL"),
    "decision": row("site_decision"),
    "topic": row("site_topic", of="organisation_id = %s AND published"),
    "slug:site:category": row("site_term", of="organisation_id = %s AND kind = 'category'", column="slug"),
    "slug:site:tag": row("site_term", of="organisation_id = %s AND kind = 'tag'", column="slug"),
    "slug:site:author": row("site_author", column="slug"),
    "slug:own:category": row("site_term", of="organisation_id = %s AND kind = 'category'", column="slug"),
    "slug:own:tag": row("site_term", of="organisation_id = %s AND kind = 'tag'", column="slug"),
    "slug:own:author": row("site_author", column="slug"),
    "path:site:entry": row("site_entry", of="organisation_id = %s AND kind = 'post' AND published", column="path"),
    "path:own:entry": row("site_entry", of="organisation_id = %s AND kind = 'post' AND published", column="path"),
    "seller": lambda market: market.alba.member.organisation.slug,
    "slug": lambda market: market.alba.member.organisation.slug,
}
"""Parameter → an object of Alba's organisation."""

HERE: dict[str, Find] = {
    "sign_in": lambda market: first("sign_in", "person_id = %s", market.carmen.person.pk),
    "saved": any_row("saved_search"),
    "mine-withdrawal.contact": lambda market: first("contact", "person_id = %s", market.carmen.person.pk),
    "pk": lambda market: 1,
    "application": any_row("seller_application", where="organisation_id = (SELECT id FROM organisation WHERE slug = 'hugo-flores')"),
    "seller:directory:seller": any_row("seller"),
    "standing.seller": any_row("seller"),
    "demand": any_row("search_demand"),
    "job": lambda market: first("procrastinate_jobs"),
    "parked": lambda market: 1,
    "name": lambda market: "1700000000.M1P1.host",
    "number": lambda market: 1,
    "sector": lambda market: "floristerias",
    "slug:market:product": row("product", column="slug"),
    **{f"number:knowledge:{name}": ALBAS_NUMBER for name in ("article", "version", "changes", "cited", "number")},
    **{
        f"slug:knowledge:{name}": row("knowledge_article", of="organisation_id = %s AND published", column="slug")
        for name in ("article", "version", "changes", "cited")
    },
    **{f"version:knowledge:{name}": lambda market: 1 for name in ("version", "changes", "cited")},
    "ending:knowledge:cited": lambda market: "bib",
    "slug:knowledge:former": row("knowledge_article", of="organisation_id = %s AND slug_before <> ''", column="slug_before"),
    **{f"number:api:knowledge-{name}": ALBAS_NUMBER for name in ("article", "citation")},
    "beginning.kind": lambda market: "article",
    **{f"question:experts:question_{name}": any_row("public_question", where="published") for name in ("to_decide", "edition", "decision")},
    **{
        f"slug:experts:{name}": any_row("public_question", "slug", where="published")
        for name in ("question", "following", "vote", "answer_beginning")
    },
    **{f"slug:api:{name}": any_row("public_question", "slug", where="published") for name in ("question", "question-answers")},
    **{
        f"slug:glossary:{name}": any_row("glossary_term", "slug", where="published")
        for name in ("term", "own_term", "publication", "removal")
    },
    "slug:api:glossary-term": any_row("glossary_term", "slug", where="published"),
    **{
        f"slug:ebooks:{name}": any_row("ebook", "slug", where="published")
        for name in ("book", "edition", "own_book", "editions", "progress", "publication", "own_edition")
    },
    **{f"guide:market:guide{name}": any_row("guide", "slug", where="published") for name in ("", "-step", "-answers", "-result", "-news")},
    **{f"guide:api:{name}": any_row("guide", "slug", where="published") for name in ("guide", "guide-results")},
    "dossier": any_row("guide_dossier"),
    **{f"question:guides:{name}": lambda market: "cualflor9" for name in ("question", "new-option", "option", "conditions")},
    **{f"option:guides:{name}": lambda market: "rosas" for name in ("option", "conditions")},
    **{
        f"version:guides:{name}": any_row("guide_version", where="state = 'waiting'")
        for name in ("review", "decision", "market-withdrawal")
    },
    "ending:guides:file": lambda market: "json",
    "slug:cover": any_row("knowledge_article", "slug"),
    "path": lambda market: "flores-cortadas",
    "part:sitemap-part": lambda market: "productos",
    "export.kind": lambda market: "csv",
    "step:directory:step": lambda market: "perfil",
    "part": lambda market: "diferencia",
    "token": lambda market: "no-token-opens-this",
    "rest": lambda market: "nowhere/at/all",
    "digest": lambda market: "0" * 64,
    "face": lambda market: "market",
    "ending": lambda market: "webp",
    "file.name": lambda market: "x.mp4",
    "sort": lambda market: "picture",
    "slug:market:piece": row("media_piece", column="slug"),
    "slug:market:collection": row("media_collection", column="slug"),
    "theme_review.version": any_row("theme_version", where="state = 'waiting'"),
    "theme_decision.version": any_row("theme_version", where="state = 'waiting'"),
    "theme_file.kind": lambda market: "woff2",
    "new.kind": lambda market: "post",
    "form_file.key": lambda market: "archivo",
    "year": lambda market: now().year,
    "month": lambda market: now().month,
    "width": lambda market: 640,
    "kind": lambda market: "rose",
    "colour": lambda market: "red",
    "seed": lambda market: 7,
    "size": lambda market: 192,
}
"""Parameter, or name of an address and parameter → something of the market, of a person, or of nobody."""

ABSENTS = {
    "uuid": str(ABSENT),
    "uuidstr": str(ABSENT),
    "slug": "no-hay-tal",
    "int": "987654",
    "str": "no-hay-tal",
    "path": "no-hay-tal",
    None: "no-hay-tal",
}


@dataclass(frozen=True)
class Door:
    """One address with its methods and their policies."""

    path: str
    name: str
    policies: dict[str, Policy]
    parameters: tuple[tuple[str, str | None], ...]
    view: Any

    def address(self, values: dict[str, Any]) -> str:
        path = PARAMETER.sub(lambda found: str(values[found["name"]]), self.path)
        path = GROUP.sub(lambda found: str(values[found["name"]]), path)
        return "/" + path.replace("\\.", ".").lstrip("^")

    @property
    def children(self) -> list[str]:
        """Parameters that name an object, besides the organisation."""
        return [name for name, _kind in self.parameters if name != "organisation"]


METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def doors(routes: list[Route] | None = None) -> Iterator[Door]:
    """Every address once, with a policy for each method. A route without a policy is an error."""
    seen: set[str] = set()
    for route in all_routes() if routes is None else routes:
        if route.path in seen:
            continue  # the first that fits answers
        seen.add(route.path)
        by_method = operations_of(route.name)
        assert route.policy, f"{route.path} ({route.name}) declares no policy: who may walk through this door? See kernel.policies."
        policies = {method: by_method.get(method, route.policy) for method in METHODS}
        found = [(m["name"], m["kind"]) for m in PARAMETER.finditer(route.path)]
        found += [(m["name"], None) for m in GROUP.finditer(route.path) if m["name"] not in dict(found)]
        yield Door(route.path, route.name, policies, tuple(found), route.view)


def values_for(door: Door, market: Market) -> dict[str, Any]:
    """An example for each parameter. Fails, saying what to do, for one that nobody gave an example of."""
    found: dict[str, Any] = {}
    short = door.name.rpartition(":")[2]
    for name, kind in door.parameters:
        find = next((held[key] for key in (f"{name}:{door.name}", f"{short}.{name}") for held in (HERE, OWN) if key in held), None)
        find = find or OWN.get(name) or HERE.get(name)
        assert find, f"/{door.path}: no example for <{name}>. Name one of Alba's in tests/safety/examples.py."
        found[name] = find(market)
        assert found[name] is not None, f"/{door.path}: Alba has no row for <{name}>. Make one in tests/safety/market.py."
        if kind == "int":
            found[name] = int(found[name])
    if "organisation" in found and door.policies["GET"].audience == "operator":
        found["organisation"] = market.dario.member.organisation.slug
    return found


def without(door: Door, values: dict[str, Any], parameter: str) -> dict[str, Any]:
    """The same, but one object that is not there."""
    kind = dict(door.parameters)[parameter]
    return {**values, parameter: ABSENTS.get(kind, "no-hay-tal")}
