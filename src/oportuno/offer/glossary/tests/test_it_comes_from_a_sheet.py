"""The glossary goes out as a sheet and comes in from one: first a look, then the change, and twice is once."""

from __future__ import annotations

import io

import pytest

from oportuno.kernel.isolation import for_market
from oportuno.offer.glossary.models import Term
from oportuno.offer.glossary.rules.sheet import lines, written
from oportuno.offer.glossary.testing import make_term
from oportuno.people.organisations.testing import Actor

SHEET = """name_es,others_es,line_es,name_en,line_en,see,published
bisel,corte al sesgo,Corte inclinado del tallo.,bevel,A slanting cut.,,sí
florero,jarrón|búcaro,Donde va el ramo.,,,bisel,sí
,,Sin nombre.,,,,
borrador,,,,,,
"""


def send(dario: Actor, text: str | bytes, *, dry: bool = False) -> tuple[int, str]:
    file = io.BytesIO(text if isinstance(text, bytes) else text.encode())
    file.name = "glosario.csv"
    answer = dario.post(dario.desk("glosario/hoja/"), {"file": file, **({"dry": "1"} if dry else {})})
    return answer.status_code, answer.content.decode()


def terms() -> list[Term]:
    with for_market("tests look at all terms"):
        return list(Term.objects.order_by("slug"))


def test_a_look_changes_nothing_and_bringing_does_what_it_said(dario: Actor) -> None:
    status, shown = send(dario, SHEET, dry=True)
    assert status == 200
    assert "florero" in shown
    assert terms() == []
    status, _shown = send(dario, SHEET)
    assert status == 200
    assert [(one.slug, one.published, one.others_es, one.see) for one in terms()] == [
        ("bisel", True, ["corte al sesgo"], []),
        ("borrador", False, [], []),
        ("florero", True, ["jarrón", "búcaro"], ["bisel"]),
    ]
    before = [(one.pk, one.version) for one in terms()]
    send(dario, SHEET)
    assert [(one.pk, one.version) for one in terms()] == before, "twice changes nothing"


def test_a_column_that_is_not_there_leaves_things_as_they_are(dario: Actor) -> None:
    make_term(dario, "bisel", "Viejo.", others_es=("sesgo",))
    send(dario, "slug;line_es\nbisel;Nuevo.\n")
    (term,) = terms()
    assert (term.line_es, term.others_es, term.published) == ("Nuevo.", ["sesgo"], True)


def test_what_goes_out_comes_in_unchanged_and_nothing_of_it_runs_in_a_spreadsheet(dario: Actor) -> None:
    make_term(dario, "bisel", "=HYPERLINK(1)", others_es=("'=1",))
    out = dario.get(dario.desk("glosario/hoja/glosario.csv")).content.decode()
    assert "'=HYPERLINK" in out
    before = [(one.pk, one.version, one.line_es) for one in terms()]
    status, _shown = send(dario, out)
    assert status == 200
    assert [(one.pk, one.version, one.line_es) for one in terms()] == before


def test_two_terms_may_not_have_one_name(dario: Actor) -> None:
    status, shown = send(dario, "name_es,others_es,line_es\nbisel,sesgo,Uno.\ncorte,sesgo,Dos.\n", dry=True)
    assert status == 200
    assert "sesgo" in shown
    send(dario, "name_es,others_es,line_es\nbisel,sesgo,Uno.\ncorte,sesgo,Dos.\n")
    assert [one.slug for one in terms()] == ["bisel"]


@pytest.mark.parametrize("text", ["", "una,dos\n1,2\n", 'name_es\n"sin fin\n', b"\xff\xfe\x00"])
def test_what_is_no_sheet_is_refused(dario: Actor, text: str | bytes) -> None:
    status, _shown = send(dario, text)
    assert status == 422
    assert terms() == []


def test_sheets_of_latin_1_are_read(dario: Actor) -> None:
    send(dario, "name_es,line_es\nñandú,Ave.\n".encode("latin-1"))
    assert [one.name_es for one in terms()] == ["ñandú"]


def test_five_thousand_lines_take_a_few_queries(dario: Actor, django_assert_max_num_queries) -> None:
    sheet = "name_es,line_es,published\n" + "".join(f"palabra {number},Sentido {number}.,sí\n" for number in range(1_200))
    with django_assert_max_num_queries(120):
        send(dario, sheet)
    assert len(terms()) == 1_200


def test_a_sheet_reads_as_it_was_written() -> None:
    from oportuno.offer.glossary.rules.said import Reference, Said

    said = Said(
        "bisel",
        "bevel",
        ("a", "b"),
        (),
        'Línea, con "comillas"\ny salto',
        "-1 grado",
        see=("x",),
        references=(Reference("N", "https://n.example"),),
        linked=False,
    )
    (line,) = lines("".join(written([("bisel", said, True)])))
    assert (line.slug, line.published) == ("bisel", True)
    assert line.over(Said()) == said
