"""Every message has one Spanish on the screen: the one that stands in its own application."""

from __future__ import annotations

from babel.messages import Catalog

from oportuno.kernel.messages import overruled


def spanish(**words: str) -> Catalog:
    """An application's messages; `mail_From` is “From” in the context “mail”."""
    catalog = Catalog(locale="es")
    for key, said in words.items():
        context, _, message = key.rpartition("_")
        catalog.add(message, said, context=context or None)
    return catalog


def test_it_shows_each_application_its_own_spanish() -> None:
    assert [str(one) for one in overruled()] == []


def test_it_finds_a_word_that_an_earlier_application_takes_away() -> None:
    [lost] = overruled([("team", True, spanish(Change="Cambiar")), ("stock", True, spanish(Change="Cambio"))])
    assert (lost.message, lost.unseen.application, lost.shown.spanish) == ("Change", "stock", ("Cambiar",))
    assert "stock: “Change” is “Cambio” here, yet team makes it “Cambiar” everywhere" in str(lost)


def test_it_finds_a_word_that_a_library_takes_away() -> None:
    assert overruled([("allauth", False, spanish(Verified="Verificado")), ("market", True, spanish(Verified="Verificado:"))])


def test_it_leaves_contexts_libraries_behind_us_and_words_in_agreement_alone() -> None:
    team, stock = spanish(Change="Cambiar", Save="Guardar"), spanish(stock_Change="Cambio", Save="Guardar")
    assert overruled([("team", True, team), ("stock", True, stock), ("allauth", False, spanish(Save="Salvar"))]) == []


def test_it_takes_a_doubtful_word_for_none() -> None:
    doubtful = Catalog(locale="es")
    doubtful.add("Change", "Mudar", flags=["fuzzy"])
    assert overruled([("team", True, spanish(Change="Cambiar")), ("stock", True, doubtful)]) == []
