"""Citations in a text become numbers that lead to their sources, and sources lead back."""

from __future__ import annotations

from oportuno.offer.knowledge.rules.citing import cite, cited_text, keys_in, numbered

NUMBERS = {"a1": 1, "b2": 2}


def test_a_citation_leads_to_its_source_and_back() -> None:
    cited = cite("<p>Bebe [@b2, p. 3] y [@a1; @b2].</p>", NUMBERS)
    assert '<a href="#fuente-2" id="cita-2-1">2</a>, p. 3]' in cited.html
    assert cited.places == {"b2": ["cita-2-1", "cita-2-2"], "a1": ["cita-1-1"]}


def test_what_is_no_citation_stays_as_it_is() -> None:
    html = '<p>[@] [a1] a@b.example <code>[@a1]</code> <a href="/x" title="[@a1] > b">[@a1]</a></p><pre>[@a1]</pre><button>[@a1]</button>'
    assert cite(html, NUMBERS).html == html


def test_a_tag_inside_of_code_does_not_open_the_door() -> None:
    html = "<pre><code>uno <b>dos</b></code> [@a1]</pre><p>[@a1]</p>"
    cited = cite(html, NUMBERS)
    assert cited.places == {"a1": ["cita-1-1"]}
    assert "<pre><code>uno <b>dos</b></code> [@a1]</pre>" in cited.html


def test_an_unknown_key_is_shown_and_told() -> None:
    cited = cite("<p>[@nadie]</p>", NUMBERS)
    assert cited.unknown == ["nadie"]
    assert "<mark>@nadie</mark>" in cited.html


def test_it_does_not_let_a_locator_bring_html() -> None:
    assert "<b>" not in cite("<p>[@a1, &lt;b&gt;x]</p>", NUMBERS).html


def test_numbers_follow_the_text_and_then_the_list() -> None:
    keys = keys_in(["Uno [@z; @a].", "Dos [@z], tres [@m, p. 4]."])
    assert keys == ["z", "a", "m"]
    assert numbered(keys, ["a", "b", "m", "z"]) == {"z": 1, "a": 2, "m": 3, "b": 4}


def test_plain_text_has_the_numbers_too() -> None:
    assert cited_text("Bebe [@b2, p. 3; @a1] mucho [@nadie].", NUMBERS) == "Bebe [2, p. 3; 1] mucho ."


def test_a_long_text_takes_no_longer_than_it_is_long() -> None:
    cited = cite("<p>" + "[@a1] palabra " * 20_000 + "</p>", NUMBERS)
    assert len(cited.places["a1"]) == 20_000
    cite("<" * 50_000 + "[@" * 50_000 + '"' * 50_000, NUMBERS)
