"""The glossary as anybody reads it."""

from __future__ import annotations

import json
import re

from django.test import Client

from oportuno.offer.glossary import api
from oportuno.offer.glossary.testing import make_term
from oportuno.offer.search import api as search
from oportuno.people.organisations.testing import Actor


def html(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def test_terms_stand_by_letter_in_the_order_of_spanish(stranger: Client, dario: Actor) -> None:
    for name in ("nuez", "Ñandú", "ornamental", "Ácido", "abono"):
        make_term(dario, name)
    shown = html(stranger, "/glosario/")
    assert re.findall(r'<dt><a href="/glosario/[^"]+">([^<]+)', shown) == ["abono", "Ácido", "nuez", "Ñandú", "ornamental"]
    assert re.findall(r'<a href="\?letra=([^"]+)"', shown) == ["a", "n", "%C3%B1", "o"]
    only = html(stranger, "/glosario/?letra=ñ")
    assert "Ñandú" in only
    assert "nuez" not in only


def test_many_terms_come_a_page_at_a_time(stranger: Client, dario: Actor) -> None:
    for number in range(103):
        make_term(dario, f"palabra {number:03}")
    first = html(stranger, "/glosario/")
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following
    second = html(stranger, "/glosario/" + following[1].replace("&amp;", "&"))
    assert first.count("<dt><a ") == 100
    assert re.findall(r"<dt><a [^>]+>([^<]+)", second) == ["palabra 100", "palabra 101", "palabra 102"]


def test_an_entry_says_all_of_a_term_to_people_and_machines(stranger: Client, dario: Actor) -> None:
    make_term(dario, "florero")
    make_term(
        dario, "vida en florero", "Los días que una flor cortada dura.", name_en="vase life", line_en="Days a cut flower lasts.",
        others_es=("vida útil",), see=("florero",), references=(api.Reference("Norma X", "https://norma.example/x"),),
        body_es={"blocks": [{"type": "text", "text": "La vida en florero depende del agua y del florero."}]},
    )  # fmt: skip
    shown = html(stranger, "/glosario/vida-en-florero/")
    for said in ("Los días que una flor cortada dura.", "vida útil", "vase life", "Norma X", "https://norma.example/x"):
        assert said in shown, said
    assert shown.count('class="term-link"') == 1, "it leads to the other term, and not to itself"
    data = [json.loads(one) for one in re.findall(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', shown, re.DOTALL)]
    term = next(one for one in data if one["@type"] == "DefinedTerm")
    assert (term["name"], term["alternateName"], term["inLanguage"]) == ("vida en florero", ["vida útil"], "es")
    assert "Days a cut flower lasts." in html(stranger, "/en/glosario/vida-en-florero/")
    back = html(stranger, "/glosario/florero/")
    assert "vida en florero" in back, "what points at it stands beside it"


def test_a_term_of_one_language_says_so_in_the_other(stranger: Client, dario: Actor) -> None:
    make_term(dario, "bisel")
    shown = html(stranger, "/en/glosario/bisel/")
    assert "explained in Spanish only" in shown
    assert "noindex" in shown


def test_drafts_and_strangers_words_are_nowhere(stranger: Client, dario: Actor) -> None:
    make_term(dario, "secreto", published=False)
    html(stranger, "/glosario/secreto/", 404)
    html(stranger, "/glosario/nada/", 404)
    for path in ("/glosario/", "/glosario/?q=secreto", "/glosario/glosario.csv", "/buscar/?q=secreto"):
        assert "/glosario/secreto" not in html(stranger, path)
        assert "secreto," not in html(stranger, path)


def test_one_looks_up_a_word_by_any_of_its_names(stranger: Client, dario: Actor) -> None:
    make_term(dario, "bisel", "Corte inclinado.", others_es=("corte al sesgo",))
    for words in ("bisel", "BÍSEL", "sesgo", "inclinado"):
        assert 'href="/glosario/bisel/"' in html(stranger, f"/glosario/?q={words}"), words
    assert "No such word" in html(stranger, "/en/glosario/?q=zzz")
    found = search.search(search.Query(text="bisel", kind="content")).items
    assert [one.url for one in found] == ["/glosario/bisel/"]


def test_the_knowledge_centre_has_its_room(stranger: Client, dario: Actor) -> None:
    make_term(dario, "bisel")
    assert 'href="/glosario/"' in html(stranger, "/conocimiento/")
