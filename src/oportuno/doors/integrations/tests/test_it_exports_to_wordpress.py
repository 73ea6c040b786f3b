"""A site leaves as a file of WordPress's; brought in again, it is the same."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import pytest

from oportuno.doors.integrations import api
from oportuno.doors.integrations.testing import bring, comment, export, item, told
from oportuno.doors.integrations.wordpress.content import convert
from oportuno.doors.integrations.wordpress.content.back import to_wordpress
from oportuno.doors.integrations.wordpress.wxr import Item, read
from oportuno.kernel import content
from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.sites.api import Author, Entry, Site, Term
from oportuno.offer.sites.api import bringing as taking
from oportuno.people.organisations.testing import Actor


def _file(actor: Actor, path: Path) -> Path:
    assert actor.organisation is not None
    path.write_bytes(b"".join(api.export_site(actor.organisation, at=now())))
    return path


@pytest.mark.parametrize(
    "block",
    [
        {"type": "heading", "text": "Uno", "level": 3, "align": "center"},
        {"type": "text", "text": "Hola <strong>tú</strong> &amp; yo<br>dos", "align": "right"},
        {
            "type": "list",
            "items": [{"text": "a"}, {"text": "b", "level": 1}, {"text": "c", "level": 2}, {"text": "d"}],
            "numbered": True,
            "start": 3,
        },
        {"type": "quote", "text": "Uno<br><br>Dos", "by": "Ella"},
        {"type": "button", "label": "Ven --> acá", "href": "https://x.test/", "look": "outline"},
        {"type": "table", "rows": [["a", "b"], ["1", "2"]], "caption": "Así"},
        {"type": "table", "rows": [["a", "b"], ["1", "2"]], "head_row": False},
        {"type": "divider"},
        {"type": "code", "text": "<b>\n  [gallery]"},
        {"type": "video", "url": "https://vimeo.com/123456", "caption": "Mira"},
        {"type": "accordion", "folds": [{"title": "¿?", "blocks": [{"type": "text", "text": "Sí"}], "open": True}]},
        {"type": "columns", "columns": [{"blocks": [{"type": "text", "text": "a"}]}, {"blocks": [{"type": "divider"}]}]},
    ],
    ids=lambda one: one["type"],
)
def test_a_block_comes_back_as_it_went(block: dict[str, object]) -> None:
    document = content.read({"version": 1, "blocks": [block]})
    there = to_wordpress(document, {}, base="", language="es")
    assert convert(there).document == content.write(document)


@pytest.mark.django_db
def test_a_site_comes_back_as_it_went(alba: Actor, gala: Actor, cases: Path, tmp_path: Path) -> None:
    assert alba.organisation is not None
    assert gala.organisation is not None
    name = "themeunittestdata.wordpress.xml"
    bring(alba, next(path for path in (cases / "wordpress" / name, cases / "wordpress" / f"{name}.xz") if path.exists()))
    file = _file(alba, tmp_path / "a.xml")
    first = told(gala, bring(gala, file))
    assert first["state"] == "done"
    seen = []
    for actor in (alba, gala):
        assert actor.organisation is not None
        with for_organisation(actor.organisation.pk):
            seen.append(
                {
                    "entries": Counter(
                        (
                            one.kind,
                            one.state,
                            one.path,
                            one.title,
                            one.published_at if one.state != "draft" else None,
                            one.pinned,
                            one.comments_open,
                        )
                        for one in Entry.objects.all()
                    ),
                    "authors": set(Author.objects.values_list("name", flat=True)),
                    "terms": set(Term.objects.values_list("kind", "slug", "name", "parent__slug")),
                    "comments": _comments(),
                    "menu": [line["label"] for line in Site.objects.get().menus["main"]],
                }
            )
    assert seen[0] == seen[1]


def _comments() -> Counter[tuple[object, ...]]:
    paths = dict(Entry.objects.values_list("pk", "path"))
    found = taking.comments_of(paths)
    texts, emails = {one.pk: one.text for one in found}, taking.emails_of([one.pk for one in found])
    return Counter(
        (one.name, emails.get(one.pk), one.state, one.at, one.kind, paths[one.entry_id], texts.get(one.parent_id)) for one in found
    )


@pytest.mark.django_db
def test_what_was_hidden_leaves_hidden_and_the_bin_stays(alba: Actor, tmp_path: Path) -> None:
    statuses = ("publish", "draft", "pending", "private", "trash")
    items = [item(number, status=status, more=comment(number, "a]]>b\x0b")) for number, status in enumerate(statuses, 1)]
    bring(alba, export(tmp_path / "a.xml", [one.replace("\x0b", "").replace("a]]>b", "a]]]]><![CDATA[>b") for one in items]))
    found = [one for one in read(io.BytesIO(_file(alba, tmp_path / "b.xml").read_bytes())) if isinstance(one, Item)]
    assert {one.slug: one.status for one in found} == {f"pieza-{number}": status for number, status in enumerate(statuses[:4], 1)}
    assert {one.comments[0].text for one in found} == {"a]]&gt;b"}


@pytest.mark.django_db
def test_without_a_site_there_is_nothing_to_take(alba: Actor) -> None:
    assert alba.organisation is not None
    with pytest.raises(Refusal):
        api.export_site(alba.organisation, at=now())


@pytest.mark.django_db
def test_a_file_that_is_shown_and_offered_goes_out_as_both(alba: Actor, tmp_path: Path) -> None:
    address = "https://viejo.example/rosa.jpg"
    content = f'<figure class="wp-block-image"><img src="{address}"></figure><div class="wp-block-file"><a href="{address}">Rosa</a></div>'
    bring(alba, export(tmp_path / "a.xml", [item(1, content)]))
    found = next(
        one for one in read(io.BytesIO(_file(alba, tmp_path / "b.xml").read_bytes())) if isinstance(one, Item) and one.kind == "post"
    )
    assert f'src="{address}"' in found.content
    assert f'href="{address}"' in found.content
