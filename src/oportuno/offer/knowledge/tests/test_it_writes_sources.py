"""Sources come from reference managers, go back to them, and read as APA says."""

from __future__ import annotations

import random
from typing import Any

import pytest

from oportuno.offer.knowledge.rules.sources import (
    SourceUnreadable,
    apa_html,
    apa_text,
    clean,
    doi_of,
    key_for,
    names_of,
    names_written,
    read_any,
    read_bibtex,
    read_ris,
    write_bibtex,
    write_ris,
)
from oportuno.offer.knowledge.rules.texts import is_orcid


def on(*parts: int) -> dict[str, Any]:
    return {"date-parts": [list(parts)]}


GRADY = {"family": "Grady", "given": "Jessica S."}
WRITTEN: list[tuple[dict[str, Any], str, str]] = [
    (
        {
            "type": "article-journal",
            "author": [GRADY, {"family": "Her", "given": "May"}, {"family": "Perez", "given": "Ana María"}],
            "issued": on(2019, 9),
            "title": "Emotions in storybooks",
            "container-title": "Psychology of Popular Media Culture",
            "volume": "8",
            "issue": "3",
            "page": "207-217",
            "DOI": "10.1037/ppm0000185",
        },
        "Grady, J. S., Her, M., & Perez, A. M. (2019). Emotions in storybooks. Psychology of Popular Media Culture, 8(3), 207–217. "
        "https://doi.org/10.1037/ppm0000185",
        "Grady, J. S., Her, M. y Perez, A. M. (2019). Emotions in storybooks. Psychology of Popular Media Culture, 8(3), 207–217. "
        "https://doi.org/10.1037/ppm0000185",
    ),
    (
        {
            "type": "book",
            "author": [{"family": "Dole", "given": "John M."}, {"family": "Iglesias", "given": "Ana"}],
            "issued": on(2005),
            "title": "Floriculture",
            "edition": "2",
            "publisher": "Pearson",
        },
        "Dole, J. M., & Iglesias, A. (2005). Floriculture (2nd ed.). Pearson.",
        "Dole, J. M. e Iglesias, A. (2005). Floriculture (2.ª ed.). Pearson.",
    ),
    (
        {
            "type": "chapter",
            "author": [{"family": "van Doorn", "given": "Wouter G."}],
            "editor": [{"family": "Janick", "given": "Jules"}],
            "issued": on(2012),
            "title": "Water relations of cut flowers: An update",
            "container-title": "Horticultural Reviews",
            "volume": "40",
            "page": "55-106",
            "publisher": "Wiley",
        },
        "van Doorn, W. G. (2012). Water relations of cut flowers: An update. In J. Janick (Ed.), Horticultural Reviews (Vol. 40, pp. 55–106). Wiley.",
        "van Doorn, W. G. (2012). Water relations of cut flowers: An update. En J. Janick (Ed.), Horticultural Reviews (Vol. 40, pp. 55–106). Wiley.",
    ),
    (
        {
            "type": "legislation",
            "author": [{"literal": "Congreso de la República de Colombia"}],
            "issued": on(2011, 10, 12),
            "title": "Por medio de la cual se expide el Estatuto del Consumidor",
            "number": "Ley 1480 de 2011",
            "container-title": "Diario Oficial No. 48.220",
        },
        "Congreso de la República de Colombia. (2011, October 12). Por medio de la cual se expide el Estatuto del Consumidor [Ley 1480 de 2011]. "
        "Diario Oficial No. 48.220.",
        "Congreso de la República de Colombia. (12 de octubre de 2011). Por medio de la cual se expide el Estatuto del Consumidor [Ley 1480 de 2011]. "
        "Diario Oficial No. 48.220.",
    ),
    (
        {
            "type": "webpage",
            "author": [{"literal": "World Health Organization"}],
            "issued": on(2018, 3, 1),
            "title": "Questions and answers?",
            "container-title": "World Health Organization",
            "URL": "https://www.who.int/x",
        },
        "World Health Organization. (2018, March 1). Questions and answers? https://www.who.int/x",
        "World Health Organization. (1 de marzo de 2018). Questions and answers? https://www.who.int/x",
    ),
    ({"type": "book", "title": "Nobody's book"}, "Nobody's book. (n.d.).", "Nobody's book. (s. f.)."),
    (
        {"type": "thesis", "author": [GRADY], "issued": on(2020), "title": "Roses", "genre": "Doctoral dissertation", "publisher": "UNAL"},
        "Grady, J. S. (2020). Roses [Doctoral dissertation, UNAL].",
        "Grady, J. S. (2020). Roses [Doctoral dissertation, UNAL].",
    ),
    (
        {"type": "standard", "author": [{"literal": "ISO"}], "issued": on(2018), "title": "Safety", "number": "ISO 45001:2018"},
        "ISO. (2018). Safety (ISO 45001:2018).",
        "ISO. (2018). Safety (ISO 45001:2018).",
    ),
]


@pytest.mark.parametrize(("source", "english", "spanish"), WRITTEN, ids=[one[0]["title"] for one in WRITTEN])
def test_it_reads_as_apa_says(source: dict[str, Any], english: str, spanish: str) -> None:
    item = clean(source)
    assert apa_text(item, "en") == english
    assert apa_text(item, "es") == spanish


def test_a_crowd_of_authors_keeps_its_first_nineteen_and_its_last() -> None:
    crowd = [{"family": f"A{number}", "given": "B"} for number in range(25)]
    written = apa_text(clean({"type": "book", "title": "T", "author": crowd}), "en")
    assert "A18, B., . . . A24, B." in written
    assert "A19" not in written


def test_a_title_is_in_italics_or_what_it_appeared_in() -> None:
    assert "<i>Floriculture</i>" in apa_html(clean(WRITTEN[1][0]), "en")
    assert "<i>Psychology of Popular Media Culture</i>, <i>8</i>" in apa_html(clean(WRITTEN[0][0]), "en")


def test_nothing_that_somebody_wrote_is_html() -> None:
    bad = {"type": "book", "title": "<script>x</script>", "author": [{"literal": "<b>A</b>"}], "URL": 'https://a.example/"><script>'}
    drawn = apa_html(clean(bad), "en")
    assert "<script" not in drawn
    assert "<b>" not in drawn
    with pytest.raises(SourceUnreadable):
        clean({"title": "T", "URL": "javascript:alert(1)"})


BIBTEX = r"""
% from a library
@string{ph = "Postharvest Biology"}
@article{vandoorn1997,
  author = {van Doorn, Wouter G. and Pedro P{\'e}rez and {FAO and friends}},
  title  = {Water relations of {C}ut Flowers \& m\'as {\~n}},
  journal = ph # " and Technology", year = 1997, month = mar, pages = {1--85}, volume = 18, doi = "https://doi.org/10.1016/X.Y"
}
@comment{nothing}
@book(ley, title = "Una {\"U}", year = {2001})
"""


def test_it_reads_bibtex_as_people_have_it() -> None:
    (key, article), (other, book) = read_bibtex(BIBTEX)
    assert (key, other) == ("vandoorn1997", "ley")
    assert article["title"] == "Water relations of Cut Flowers & más ñ"
    assert article["container-title"] == "Postharvest Biology and Technology"
    assert article["author"] == [{"family": "van Doorn", "given": "Wouter G."}, {"family": "Pérez", "given": "Pedro"}, {"literal": "FAO and friends"}]  # fmt: skip
    assert (article["issued"], article["page"], article["DOI"]) == (on(1997, 3), "1–85", "10.1016/x.y")
    assert book["title"] == "Una Ü"


@pytest.mark.parametrize("source", [one[0] for one in WRITTEN], ids=[one[0]["title"] for one in WRITTEN])
def test_what_goes_out_comes_back_the_same(source: dict[str, Any]) -> None:
    item = clean(source)
    (back,) = read_ris(write_ris("k", item))
    assert {field: back.get(field) for field in ("title", "author", "issued", "DOI")} == {
        field: item.get(field) for field in ("title", "author", "issued", "DOI")
    }
    ((key, again),) = read_bibtex(write_bibtex("k1", item))
    assert key == "k1"
    assert (again["title"], again.get("author"), again.get("URL")) == (item["title"], item.get("author"), item.get("URL"))


@pytest.mark.parametrize("letters", ["#1 & 100 % de {todo}_$", r"C:\temp ~ x", "Ñandú “así” – 3 €"])
def test_signs_that_tex_would_take_for_itself_survive(letters: str) -> None:
    item = clean({"type": "book", "title": letters})
    written = write_bibtex("k", item)
    assert written.count("{") == written.count("}")
    ((_key, back),) = read_bibtex(written)
    assert back["title"].replace(" ", "") == letters.replace("\\", "").replace("~", "").replace(" ", "")


def test_it_tells_what_it_was_given() -> None:
    assert [item["type"] for _key, item in read_any("10.1000/182\nhttps://doi.org/10.1000/ABC")] == ["article-journal"] * 2
    assert read_any('[{"id": "x", "type": "book", "title": "T"}]')[0][0] == "x"
    assert read_any("TY  - BOOK\nTI  - T\nER  - ")[0][1]["title"] == "T"
    for nothing, code in (
        ("", "nothing"),
        ("hola", "line"),
        ("[]", "nothing"),
        ("[" * 5000, "line"),
        ("@book{x, title=", "line"),
        ("@book{x,}", "title"),
    ):
        with pytest.raises(SourceUnreadable) as refused:
            read_any(nothing)
        assert refused.value.code == code, nothing[:20]


def test_it_says_in_which_line_it_stopped() -> None:
    with pytest.raises(SourceUnreadable) as refused:
        read_bibtex("@book{a, title={A}}\n\n@book{b, year={2001}}")
    assert (refused.value.code, refused.value.at) == ("title", 3)


def test_it_reads_whatever_comes_or_refuses_it() -> None:
    """Thousands of mutilated files, and some made to be hard: each is read or refused."""
    chance = random.Random(7)
    for _number in range(2_000):
        text = "".join(chance.choice(BIBTEX + '{}@"\\#=,') if chance.random() < 0.15 else letter for letter in BIBTEX)
        for reader in (read_any, read_bibtex, read_ris):
            try:
                reader(text)
            except SourceUnreadable:
                continue
    for bomb in (
        "{" * 200_000,
        "@book{x, title={" + "{" * 100_000,
        "@book{a,t=" + "x#" * 100_000,
        "@" * 300_000,
        "\\" * 200_000,
        "[@" * 100_000,
    ):
        try:
            read_any(bomb)
        except SourceUnreadable:
            continue


def test_keys_are_made_of_author_and_year_and_no_two_are_the_same() -> None:
    item = clean({"type": "book", "title": "El Ñandú", "author": [{"family": "Pérez Gil", "given": "A"}], "issued": on(2020)})
    assert key_for(item) == "perez2020"
    assert key_for(item, {"perez2020"}) == "perez2020b"
    assert key_for(item, (), "con espacio") == "perez2020"
    assert key_for(clean({"type": "book", "title": "日本"})) == "fuente"


def test_names_are_typed_as_people_do() -> None:
    typed = "Pérez Arango, Ana\nFAO; Gil, B."
    assert names_of(typed) == [{"family": "Pérez Arango", "given": "Ana"}, {"literal": "FAO"}, {"family": "Gil", "given": "B."}]
    assert names_of(names_written(names_of(typed))) == names_of(typed)


def test_a_doi_and_an_orcid_are_known_by_their_form() -> None:
    assert doi_of("see https://doi.org/10.1016/J.X.2010.01.001).") == "10.1016/j.x.2010.01.001"
    assert doi_of("10.1") == ""
    assert is_orcid("0000-0002-1825-0097")
    assert not is_orcid("0000-0002-1825-0098")
    assert not is_orcid("0000000218250097")
