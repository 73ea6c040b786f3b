"""A blog moves in, and nothing of it is lost on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from oportuno.doors.integrations import api
from oportuno.doors.integrations.models import WordpressItem, WordpressRun
from oportuno.doors.integrations.testing import bring, comment, driven, export, item, meta, started, told
from oportuno.doors.integrations.wordpress.actions import writing
from oportuno.kernel.clock import now
from oportuno.kernel.content import read, render_html
from oportuno.kernel.errors import Conflict, NotFound
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.sites import api as sites
from oportuno.offer.sites.api import Author, Entry, Redirect, Revision, Site, Term
from oportuno.offer.sites.api import bringing as taking
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db
CATEGORY = (
    "<wp:category><wp:category_nicename>{0}</wp:category_nicename><wp:category_parent>{1}</wp:category_parent>"
    "<wp:cat_name>{0} grande</wp:cat_name></wp:category>"
)
AUTHOR = "<wp:author><wp:author_login>ana</wp:author_login><wp:author_display_name>Ana Ruiz</wp:author_display_name></wp:author>"


def _of(actor: Actor) -> int:
    assert actor.organisation is not None
    return actor.organisation.pk


def test_it_founds_a_site_and_files_each_post_as_it_was(alba: Actor, tmp_path: Path) -> None:
    head = AUTHOR + CATEGORY.format("rosas", "flores") + CATEGORY.format("flores", "")
    filed = (
        '<category domain="category" nicename="rosas">rosas grande</category><category domain="post_tag" nicename="riego">Riego</category>'
    )
    bring(alba, export(tmp_path / "a.xml", [item(7, creator="ana", is_sticky="1", comment_status="closed", more=filed)], head))
    with for_organisation(_of(alba)):
        assert Site.objects.get().title == "Viejo blog"
        post = Entry.objects.get()
        assert (post.kind, post.path, post.pinned, post.comments_open) == ("post", "blog/pieza-7", True, False)
        assert post.published_at is not None
        assert post.published_at.isoformat() == "2020-01-02T03:04:05+00:00"
        assert post.author_id == Author.objects.get(name="Ana Ruiz").pk
        rose, flower, tag = Term.objects.get(slug="rosas"), Term.objects.get(slug="flores"), Term.objects.get(slug="riego")
        assert (rose.parent_id, rose.kind, tag.kind) == (flower.pk, "category", "tag")
        assert set(post.terms) == {rose.pk, tag.pk}


def test_words_without_an_address_become_tags(alba: Actor, tmp_path: Path) -> None:
    bring(alba, export(tmp_path / "a.xml", [item(1, more="<category>Barco de río</category>")]))
    with for_organisation(_of(alba)):
        (term,) = Term.objects.all()
        assert (term.kind, term.slug, term.name) == ("tag", "barco-de-rio", "Barco de río")
        assert Entry.objects.get().terms == [term.pk]


def test_it_brings_pages_below_pages_whatever_comes_first(alba: Actor, tmp_path: Path) -> None:
    child = item(4, post_type="page", post_name="hija", post_parent="6")
    grandchild = item(5, post_type="page", post_name="nieta", post_parent="4")
    parent = item(6, post_type="page", post_name="madre")
    bring(alba, export(tmp_path / "a.xml", [child, grandchild, parent]))
    with for_organisation(_of(alba)):
        by = {one.slug: one for one in Entry.objects.all()}
        assert {one.path for one in by.values()} == {"madre", "madre/hija", "madre/hija/nieta"}
        assert by["nieta"].parent_id == by["hija"].pk
        assert by["hija"].parent_id == by["madre"].pk


def test_it_cuts_a_circle_of_pages(alba: Actor, tmp_path: Path) -> None:
    items = [item(1, post_type="page", post_name="a", post_parent="2"), item(2, post_type="page", post_name="b", post_parent="1")]
    assert bring(alba, export(tmp_path / "a.xml", items)).state == "done"
    with for_organisation(_of(alba)):
        assert Entry.objects.count() == 2


def test_old_addresses_lead_to_the_new_ones_and_links_between_pieces_too(alba: Actor, tmp_path: Path) -> None:
    first = item(1, link="https://viejo.example/2020/01/rosas/", post_name="rosas")
    links = '<p><a href="https://www.viejo.example/2020/01/rosas/#riego">así</a>, <a href="http://viejo.example/?p=1">aquí</a></p>'
    bring(alba, export(tmp_path / "a.xml", [item(2, links), first, item(3, post_type="page", link="https://viejo.example/sobre/")]))
    with for_organisation(_of(alba)):
        lead = {one.path: one.entry_id for one in Redirect.objects.all()}
        rose, page = Entry.objects.get(slug="rosas"), Entry.objects.get(kind="page")
        assert {path for path, entry in lead.items() if entry == rose.pk} == {"2020/01/rosas", "?p=1"}
        assert {path for path, entry in lead.items() if entry == page.pk} == {"sobre", "?p=3", "?page_id=3"}
        text = Entry.objects.get(slug="pieza-2").document["blocks"][0]["text"]
        assert 'href="/v/flores-de-alba/blog/rosas/#riego"' in text
        assert 'href="/v/flores-de-alba/blog/rosas/"' in text


def test_archives_and_the_feed_lead_on_too(alba: Actor, tmp_path: Path) -> None:
    head = AUTHOR + CATEGORY.format("rosas", "flores") + CATEGORY.format("flores", "")
    bring(alba, export(tmp_path / "a.xml", [item(1, creator="ana")], head))
    with for_organisation(_of(alba)):
        assert {one.path: one.target for one in Redirect.objects.filter(entry=None)} == {
            "category/flores": "blog/categoria/flores", "category/flores/rosas": "blog/categoria/rosas", "author/ana": "blog/autor/ana-ruiz",
            "feed": "blog/rss.xml",
        }  # fmt: skip


def test_nothing_is_seen_that_was_hidden(alba: Actor, tmp_path: Path) -> None:
    stories = {
        "draft": "draft", "pending": "review", "private": "private", "trash": "trashed", "publish": "published", "acf-disabled": "draft",
    }  # fmt: skip
    items = [item(place, status=status, post_name=status) for place, status in enumerate(stories, 1)]
    items += [
        item(20, status="future", post_date_gmt="2090-01-01 00:00:00", post_name="mañana"),
        item(21, status="future", post_name="ayer"),
        item(22, post_password="x", post_name="clave"),
        item(23, status="draft", post_date_gmt="0000-00-00 00:00:00", post_name=""),
    ]
    bring(alba, export(tmp_path / "a.xml", items))
    with for_organisation(_of(alba)):
        assert {one.slug: one.state for one in Entry.objects.all()} == {
            **stories, "mañana": "scheduled", "ayer": "draft", "clave": "private", "pieza-23": "draft",
        }  # fmt: skip


def test_a_second_time_only_what_changed_there_changes_and_what_was_written_here_stays(alba: Actor, tmp_path: Path) -> None:
    bring(alba, export(tmp_path / "a.xml", [item(1), item(2), item(3)]))
    with for_organisation(_of(alba)):
        mine = Entry.objects.get(slug="pieza-2")
        sites.keep_draft(entry=mine.pk, title="Mejor así", by=alba.member, at=now(), done=True)
    run = bring(alba, export(tmp_path / "a.xml", [item(1, "<p>Otra cosa</p>"), item(2, "<p>Otra cosa</p>"), item(3), item(4)]))
    assert (run.new, run.changed, run.same, run.kept) == (1, 1, 1, 1)
    with for_organisation(_of(alba)):
        changed = Entry.objects.get(slug="pieza-1")
        assert (changed.last, changed.live) == (2, 2)
        assert "Otra cosa" in render_html(read(changed.document), language="es")
        assert Revision.objects.get(entry=mine, number=2).title == "Mejor así"
        assert "Hola" in str(Entry.objects.get(pk=mine.pk).document)


def test_two_sites_that_were_tried_at_home_are_two(alba: Actor, tmp_path: Path) -> None:
    for title in ("Uno", "Dos", "Dos"):
        file = export(tmp_path / "a.xml", [item(1, title=title, post_name=title.lower())])
        file.write_text(file.read_text().replace("https://viejo.example", "http://localhost:8080").replace("Viejo blog", title))
        bring(alba, file)
    with for_organisation(_of(alba)):
        assert set(Entry.objects.values_list("title", flat=True)) == {"Uno", "Dos"}


def test_a_dry_run_tells_what_would_come_and_writes_nothing(alba: Actor, tmp_path: Path) -> None:
    run = bring(alba, export(tmp_path / "a.xml", [item(1, "<!-- wp:search /-->"), item(2, status="draft")]), dry_run=True)
    found = told(alba, run)
    assert (found["state"], found["new"], found["items"]) == ("ready", 2, {"post/publish": 1, "post/draft": 1})
    assert [one["times"] for one in found["left"]] == [1]
    with for_organisation(_of(alba)):
        assert not Site.objects.exists()
        assert not Entry.objects.exists()
        api.go_on(run=run.pk, by=None, at=now())
    assert driven(alba, run).state == "done"
    with for_organisation(_of(alba)):
        assert Entry.objects.count() == 2
        with pytest.raises(Conflict):
            api.go_on(run=run.pk, by=None, at=now())


def test_it_goes_on_where_it_was_killed(alba: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "BATCH", 2)
    run = started(alba, export(tmp_path / "a.xml", [item(number) for number in range(1, 12)]))
    whole, kills = writing._write, 0

    def killed(fresh: WordpressRun, items: object, terms: object) -> None:
        nonlocal kills
        whole(fresh, items, terms)
        kills += 1
        if kills % 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(writing, "_write", killed)
    for _again in range(20):
        try:
            done = driven(alba, run)
        except KeyboardInterrupt:
            continue
        break
    assert (done.state, done.brought_items) == ("done", 11)
    with for_organisation(_of(alba)):
        assert sorted(Entry.objects.values_list("slug", flat=True)) == sorted(f"pieza-{number}" for number in range(1, 12))
        assert Revision.objects.count() == 11


def test_comments_come_with_their_answers_and_without_what_was_not_approved(alba: Actor, tmp_path: Path) -> None:
    said = (
        comment(5, "Sí.", parent=4)
        + comment(4, "<b>¿De verdad?</b>")
        + comment(6, "Compra ya", approved="spam")
        + comment(7, "Hm", approved="0")
    )
    file = export(tmp_path / "a.xml", [item(1, more=said)])
    bring(alba, file)
    bring(alba, file)
    with for_organisation(_of(alba)):
        comments = taking.comments_of(Entry.objects.values_list("pk", flat=True))
        by = {one.text: one for one in comments}
        assert len(comments) == 4
        assert {text: one.state for text, one in by.items()} == {
            "¿De verdad?": "approved", "Sí.": "approved", "Compra ya": "spam", "Hm": "waiting",
        }  # fmt: skip
        assert by["Sí."].parent_id == by["¿De verdad?"].pk
        assert set(taking.emails_of([one.pk for one in comments]).values()) == {"lector@example.com"}
        assert not any(one.published for one in comments)  # the site is not open yet
        sites.allow_site(organisation=_of(alba), allowed=True, at=now())
        sites.open_site(by=alba.member, at=now())
        shown = taking.comments_of(Entry.objects.values_list("pk", flat=True))
        assert {one.text for one in shown if one.published} == {"¿De verdad?", "Sí."}


def test_it_is_opened_when_somebody_says_so_and_the_market_lets_it(alba: Actor, tmp_path: Path) -> None:
    bring(alba, export(tmp_path / "a.xml", [item(1, status="draft")]))
    with for_organisation(_of(alba)):
        sites.allow_site(organisation=_of(alba), allowed=True, at=now())
        assert not taking.open_brought(_of(alba), at=now())  # there is nothing to see
    bring(alba, export(tmp_path / "a.xml", [item(2), item(3, status="private")]))
    with for_organisation(_of(alba)):
        assert taking.open_brought(_of(alba), at=now())
        assert {one.slug for one in Entry.objects.filter(published=True)} == {"pieza-2"}
        sites.allow_site(organisation=_of(alba), allowed=False, at=now())
        assert not taking.open_brought(_of(alba), at=now())


def test_menus_come_where_there_are_none(alba: Actor, tmp_path: Path) -> None:
    def point(number: int, title: str, place: int, above: int = 0, of: int = 0, url: str = "") -> str:
        told = {
            "_menu_item_object_id": str(of),
            "_menu_item_menu_item_parent": str(above),
            "_menu_item_url": url,
            "_menu_item_object": "page",
        }
        more = '<category domain="nav_menu" nicename="principal">Principal</category>' + "".join(meta(*one) for one in told.items())
        return item(number, "", post_type="nav_menu_item", title=title, menu_order=str(place), more=more)

    pages = [item(1, post_type="page", post_name="sobre", title="Sobre nosotras")]
    points = [point(12, "Mapa", 3, 11, url="https://maps.example/"), point(10, "", 1, of=1), point(11, "Más", 2, url="#")]
    bring(alba, export(tmp_path / "a.xml", [*points, *pages]))
    with for_organisation(_of(alba)):
        about = Entry.objects.get()
        assert Site.objects.get().menus == {
            "main": [
                {"label": "Sobre nosotras", "entry": str(about.pk)},
                {"label": "Más", "items": [{"label": "Mapa", "address": "https://maps.example/"}]},
            ]
        }


def test_addresses_that_are_taken_are_numbered_and_letters_of_any_alphabet_kept(alba: Actor, tmp_path: Path) -> None:
    items = [
        item(1, post_type="page", post_name="blog"),
        item(2, post_name="%ce%b5%cf%80%ce%af%cf%80%ce%b5%ce%b4%ce%bf"),
        item(3, status="draft", post_name="", title="Borrador"),
        item(4, status="draft", post_name="", title="Borrador"),
    ]
    bring(alba, export(tmp_path / "a.xml", items))
    with for_organisation(_of(alba)):
        assert set(Entry.objects.values_list("path", flat=True)) == {"blog-2", "blog/επίπεδο", "blog/borrador", "blog/borrador-2"}


def test_an_import_can_be_taken_back_but_not_what_was_written_in_since(alba: Actor, tmp_path: Path) -> None:
    run = bring(alba, export(tmp_path / "a.xml", [item(1), item(2)]))
    with for_organisation(_of(alba)):
        mine = Entry.objects.get(slug="pieza-2")
        sites.keep_draft(entry=mine.pk, title="Mía", by=alba.member, at=now(), done=True)
        assert api.take_back(run=run.pk, by=None, at=now()) == 1
        assert {one.slug: one.state for one in Entry.objects.all()} == {"pieza-1": "trashed", "pieza-2": "published"}


def test_gala_neither_sees_nor_decides_an_import_of_alba(alba: Actor, gala: Actor, tmp_path: Path) -> None:
    run = bring(alba, export(tmp_path / "a.xml", [item(1)]), dry_run=True)
    with for_organisation(_of(gala)):
        for verb in (api.go_on, api.cancel_run, api.take_back):
            with pytest.raises(NotFound):
                verb(run=run.pk, by=None, at=now())
        assert not WordpressItem.objects.exists()
    bring(gala, tmp_path / "a.xml")
    with for_organisation(_of(gala)):
        assert Entry.objects.count() == 1
    with for_organisation(_of(alba)):
        assert WordpressRun.objects.get().state == "ready"
        assert not Entry.objects.exists()
