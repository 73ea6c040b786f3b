"""The first time a text names a term it leads to it; nowhere else, and at the same cost for any glossary."""

from __future__ import annotations

import re

import pytest

from oportuno.kernel import content
from oportuno.kernel.isolation import for_organisation, for_public
from oportuno.offer.glossary import api
from oportuno.offer.glossary.rules.matching import Entry, compiled, linked
from oportuno.offer.glossary.rules.wording import forms
from oportuno.offer.glossary.testing import make_term
from oportuno.people.organisations.testing import Actor


def entry(name: str) -> Entry:
    return Entry(name, name, f"Qué es {name}.", f"/glosario/{name}/")


def drawn(html: str, *names: str, without: tuple[str, ...] = ()) -> str:
    matcher = compiled([(entry(name), [name]) for name in names], "es")
    return linked(html, matcher, lambda one, words: f"[{one.key}|{words}]", without=without)


@pytest.mark.parametrize(
    ("html", "names", "wanted"),
    [
        ("<p>La tinaja y otra tinaja.</p>", ("tinaja",), "<p>La [tinaja|tinaja] y otra tinaja.</p>"),
        ("<p>Tinajas</p>", ("tinaja",), "<p>[tinaja|Tinajas]</p>"),
        ("<p>las estaciones</p>", ("estación",), "<p>las [estación|estaciones]</p>"),
        ("<p>vidas en florero</p>", ("vida en florero", "florero"), "<p>[vida en florero|vidas en florero]</p>"),
        ("<p>vida en el florero</p>", ("vida en florero", "florero"), "<p>vida en el [florero|florero]</p>"),
        ("<p>tallos florales</p>", ("tallo floral",), "<p>[tallo floral|tallos florales]</p>"),
        ("<p>el ano y el año</p>", ("año",), "<p>el ano y el [año|año]</p>"),
        ("<p>sol y SOL</p>", ("SOL",), "<p>sol y [SOL|SOL]</p>"),
        ("<p>un corte. Recto el tallo</p>", ("corte recto",), "<p>un corte. Recto el tallo</p>"),
        ("<p>pre-cooling</p>", ("pre cooling",), "<p>[pre cooling|pre-cooling]</p>"),
        ("<p>rosaleda</p>", ("rosa",), "<p>rosaleda</p>"),
        ("<p>Johnson &amp; <em>rosa</em></p>", ("rosa",), "<p>Johnson &amp; <em>[rosa|rosa]</em></p>"),
        ("<p>1 &lt; 2 rosas &amp; más</p>", ("rosa",), "<p>1 &lt; 2 [rosa|rosas] &amp; más</p>"),
        ("<h2>Rosa</h2><p>rosa</p>", ("rosa",), "<h2>Rosa</h2><p>[rosa|rosa]</p>"),
        (
            '<a href="/rosa/">rosa</a><code>rosa</code><pre>rosa</pre>',
            ("rosa",),
            '<a href="/rosa/">rosa</a><code>rosa</code><pre>rosa</pre>',
        ),
        ('<button>rosa</button><img alt="rosa"><dfn>rosa</dfn>', ("rosa",), '<button>rosa</button><img alt="rosa"><dfn>rosa</dfn>'),
        ("<a><strong>rosa</strong></a> rosa", ("rosa",), "<a><strong>rosa</strong></a> [rosa|rosa]"),
        ("<!-- rosa --><p>rosa</p>", ("rosa",), "<!-- rosa --><p>[rosa|rosa]</p>"),
        ("<p>rosa</p>", (), "<p>rosa</p>"),
    ],
)
def test_it_links_the_first_mention_and_only_in_running_text(html: str, names: tuple[str, ...], wanted: str) -> None:
    assert drawn(html, *names) == wanted


def test_it_leaves_alone_what_it_is_told_to() -> None:
    assert drawn("<p>rosa y lirio</p>", "rosa", "lirio", without=("rosa",)) == "<p>rosa y [lirio|lirio]</p>"


def test_it_knows_plurals_in_both_languages() -> None:
    assert forms("luz", "es") == [("luz",), ("luces",)]
    assert forms("tallo floral", "es") == [("tallo", "floral"), ("tallos", "florales")]
    assert forms("vase life", "en") == [("vase", "life"), ("vase", "lifes")]
    assert forms("variety of rose", "en") == [("variety", "of", "rose"), ("varieties", "of", "rose")]
    assert forms("NTC", "es") == [("NTC",)]


class Counted(dict[str, list[tuple[tuple[str, ...], Entry]]]):
    """Counts how often somebody looks into it."""

    looks = 0

    def get(self, key: str, default: object = None) -> object:
        self.looks += 1
        return super().get(key, default)


@pytest.mark.parametrize("size", [10, 5_000])
def test_its_cost_is_that_of_the_text_and_not_of_the_glossary(size: int) -> None:
    matcher = compiled([(entry(f"palabra{number} compuesta"), [f"palabra{number} compuesta"]) for number in range(size)], "es")
    counted = Counted(matcher.by_first)
    object.__setattr__(matcher, "by_first", counted)
    linked("<p>" + "una frase de seis palabras cortas " * 100 + "</p>", matcher, lambda one, words: words)
    assert counted.looks == 600


def page_of(*blocks: dict[str, object], language: str = "es") -> str:
    with for_public():
        return content.render_html(content.read({"blocks": list(blocks)}), language=language)


def text(words: str) -> dict[str, object]:
    return {"type": "text", "text": words}


def test_documents_lead_to_published_terms_of_their_language(dario: Actor) -> None:
    make_term(dario, "bisel", "Corte inclinado del tallo.", name_en="bevel", line_en="A slanting cut.")
    make_term(dario, "guirnalda", published=False)
    es = page_of(text("Corta en bisel la guirnalda."))
    assert re.search(r'<a class="term-link" href="http[^"]*/glosario/bisel/" data-says="Corte inclinado del tallo.">bisel</a>', es)
    assert "guirnalda." in es
    en = page_of(text("A bevel, not a bisel."), language="en")
    assert '/en/glosario/bisel/" data-says="A slanting cut.">bevel</a>, not a bisel' in en


def test_a_term_stops_being_linked_as_soon_as_it_is_hidden_or_unlinked(dario: Actor) -> None:
    make_term(dario, "bisel")
    assert "term-link" in page_of(text("en bisel"))
    assert dario.organisation is not None
    with for_organisation(dario.organisation.pk):
        term = api.Term.objects.get(slug="bisel")
    dario.post(dario.desk("glosario/terminos/bisel/publicacion/"), {"shown": "0"})
    assert "term-link" not in page_of(text("en bisel"))
    dario.post(dario.desk("glosario/terminos/bisel/publicacion/"), {"shown": "1"})
    assert "term-link" in page_of(text("en bisel"))
    with for_organisation(dario.organisation.pk):
        from dataclasses import replace

        api.keep_term(said=replace(term.said, linked=False), by=dario.member, at=term.changed_at, slug="bisel")
    assert "term-link" not in page_of(text("en bisel"))


def test_an_author_switches_it_off_for_a_document_or_a_word(dario: Actor) -> None:
    make_term(dario, "bisel")
    make_term(dario, "florero")
    words = text("en bisel, al florero")
    assert page_of(words, {"type": "glossary", "no": True}).count("term-link") == 0
    once = page_of({"type": "glossary", "never": "Biseles, otra"}, words)
    assert "bisel," in once
    assert once.count("term-link") == 1


def test_a_desk_sees_the_links_too(alba: Actor, dario: Actor) -> None:
    make_term(dario, "bisel")
    assert alba.organisation is not None
    with for_organisation(alba.organisation.pk):
        shown = content.render_html(content.read({"blocks": [text("en bisel")]}), language="es")
    assert "term-link" in shown


def test_hostile_words_stay_words(dario: Actor) -> None:
    make_term(dario, "bisel", '"><script>alert(1)</script>')
    shown = page_of(text("en bisel &lt;script&gt;"))
    assert "<script" not in shown
    assert "&lt;script&gt;" in shown
