"""What is not on show is in no public answer, whichever way it is hidden; a walk over every public address, without the database's lock."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from oportuno.kernel.isolation import for_public
from oportuno.offer.directory import api as directory
from tests.safety import answers
from tests.safety.examples import Door, doors, values_for
from tests.safety.hidden import FAR, HIDDEN, SUMS, WORD, Hidden, hide, leftovers, with_stale_documents
from tests.safety.market import CANARY, Market, build
from tests.safety.test_two_locks import unlock

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
NEAR = {"latitude": FAR[0], "longitude": FAR[1], "lat": FAR[0], "lon": FAR[1], "km": 100}
NARROWED: tuple[dict[str, Any], ...] = (
    {"sector": "kanariosector"}, {"place": "KANARIO"}, {"certification": "kanariosello"}, NEAR, {**NEAR, "view": "map"},
)  # fmt: skip
"""Narrowed so, the directory has nobody: only what is hidden would fit."""
LISTS = ("/vendedores/", "/api/v1/sellers")
TELLS_SECTORS = ("/boletin/", "/preguntas/nueva/")
"""A sector itself is no secret; that Vera is not in it for everybody is."""


def questions(made: Hidden) -> list[dict[str, Any]]:
    """What lists are asked, so that whoever is hidden would come."""
    slugs, vera = made.slugs["product"], made.vera.member.organisation.slug
    return [
        {},
        *({"q": WORD, **more} for more in ({}, {"kind": "seller"}, {"kind": "content"}, {"kind": "product", "view": "map"})),
        *({"q": half} for half in (HIDDEN[:4].lower(), WORD[:4])),
        {"q": "kan", "view": "map"},
        {"certified": "1", "sort": "new"},
        {"view": "map"},
        {"seller": made.oculta.member.organisation.slug},
        {"seller": vera},
        *({"p": slugs[start : start + 4]} for start in range(0, len(slugs), 4)),
        {"category": "kanarioestante"},
        {"category": "rosas"},
        {"category": "rosas", "seller": vera},
        *NARROWED,
    ]


def walk(market: Market, made: Hidden, only: tuple[str, ...] = ()) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Every public address with every hidden thing in it, and every list with every question: (address, question, what was answered)."""
    for door in doors():
        policy = door.policies["GET"]
        if policy.audience not in ("public", "open", "person") or "nothing is looked up" in policy.why or (only and door.name not in only):
            continue
        addresses = {door.address({**values_for(door, market), **theirs}) for theirs in named(door, made)}
        asked = questions(made) if is_list(door) else [{}]
        for address in sorted(addresses):
            for question in asked:
                cache.clear()
                client = market.carmen.client if policy.audience == "person" else Client()
                answer = answers.ask(client, "GET", address, question)
                body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
                yield address, question, told(body.decode("utf-8", "replace"), address, question)


def is_list(door: Door) -> bool:
    return door.policies["GET"].audience == "public" and not {"slug", "seller", "organisation"} & set(dict(door.parameters))


def named(door: Door, made: Hidden) -> list[dict[str, object]]:
    """Whose things the parameters of an address name."""
    names = dict(door.parameters)
    found: list[dict[str, object]] = [{}]
    organisations = [one.member.organisation.slug for one in (made.oculta, made.vera)]
    if "seller" in names:
        found += [{"seller": slug} for slug in organisations]
    if "slug" in names:
        found += [
            {"slug": slug}
            for slug in [
                *made.slugs["product"],
                *made.slugs["article"],
                *made.slugs["question"],
                *made.slugs["word"],
                *made.slugs["book"],
                *organisations,
            ]
        ]
    if door.name.startswith(("knowledge:", "api:knowledge")) and "number" in names:
        found += [{"number": number, **({"slug": slug} if "slug" in names else {})} for number, slug in made.numbered]
    if door.name in ("market:piece", "market:collection"):
        found += [{"seller": seller, "slug": slug} for seller, slug in made.media]
    if door.name.startswith("site:"):
        found += made.sites.get(door.name, [{"organisation": slug} for slug in organisations])
    if "expert" in names:
        found += [
            {"seller": seller, "expert": f"{name}-experta"}
            for seller in organisations
            for name in ("kanarioexperto-begonia", "kanarioculta-begonia")
        ]
    if "guide" in names:
        found += [{"guide": slug} for slug in made.slugs["guide"]]
    if "dossier" in names:
        found += [{"dossier": key} for key in made.slugs["dossier"]]
    if "document" in names:
        found += [{"document": document} for document in made.slugs["document"]]
    if "path" in names:
        found += [{"path": "kanarioestante"}]
    if "sector" in names:
        found += [{"sector": "kanariosector"}]
    if "part" in names:
        found += [{"part": part} for part in ("pages", "categories", "sellers", "articles", "products", "media", "words", "books")]
    return found


def told(body: str, address: str, question: dict[str, Any]) -> str:
    """What an answer says by itself: without the address and the question that it may repeat."""
    repeated = [
        address,
        address.partition("?")[0],
        *(one for key, value in question.items() if key != "q" for one in (value if isinstance(value, list) else [value])),
    ]
    for one in sorted(map(str, repeated), key=len, reverse=True):
        body = body.replace(one, "") if len(one) > 3 else body
    return body


def leaks(market: Market, made: Hidden, only: tuple[str, ...] = ()) -> list[str]:
    found = []
    sums = re.compile("|".join(SUMS))
    for address, question, body in walk(market, made, only):
        bare = re.sub(r"(?<=\d)[.,\s\u00a0](?=\d)", "", body)
        if address in TELLS_SECTORS:
            body = bare = body.replace("kanariosector", "").replace("Kanariosector", "")
        if there := re.search(f"{HIDDEN}\\w*", body, re.I) or sums.search(bare):
            found.append(f"{address} {question}: {there.group(0)} in {body[max(0, there.start() - 60) : there.end() + 20]!r}")
        if CANARY in body and (address == "/v/vera/" or (question.get("seller") == "vera" and address == "/api/v1/products")):
            found.append(f"{address} {question}: Alba's product, which Vera offers to nobody yet")
        if address == "/api/v1/sellers/vera" and (whole := json.loads(body))["points_of_sale"] != len(whole["points"]):
            found.append(f"{address}: counts a point of sale that it does not show")
        if ((question in NARROWED and address in LISTS) or ("km" in question and address == "/buscar/")) and "Vera" in body:
            found.append(f"{address} {question}: Vera, who is not there for everybody")
    return found


@pytest.mark.parametrize("locked", [False, True], ids=["unlocked", "locked"])
def test_no_public_answer_tells_of_what_is_hidden_in_any_way(locked: bool) -> None:
    if not locked:
        unlock()
    market = build()
    made = hide(market)
    found = leaks(market, made)
    with_stale_documents(made)
    found += [one for one in leaks(market, made, only=SEARCHED) if "Kanarioculta" in one]
    assert not found, f"{len(found)}:\n" + "\n".join(found[:80])


def test_who_is_hidden_is_not_counted_either() -> None:
    """A number tells, too. Without the database's lock: the directory counts those, and only those, whose cards it shows."""
    unlock()
    hide(build())
    with for_public():
        counted = directory.directory_counts()
        assert counted.total == len(cards(directory.Criteria())) > 1
        assert counted.certified == len(cards(directory.Criteria(certified=True))) > 1


def cards(criteria: directory.Criteria) -> Sequence[directory.SellerCard]:
    return directory.sellers_page(criteria, limit=100).cards


SEARCHED = ("market:search", "market:category")


def test_it_tries_every_flag_there_is() -> None:
    assert list(leftovers()) == []
