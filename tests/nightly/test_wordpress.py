"""Our export goes into a real WordPress, and what that exports comes back as it went."""

from __future__ import annotations

import io
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from oportuno.doors.integrations import api
from oportuno.doors.integrations.testing import bring, told
from oportuno.kernel.clock import now
from oportuno.kernel.content import read, render_text
from oportuno.kernel.errors import Refusal
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.media import api as media
from oportuno.offer.sites import api as sites
from oportuno.offer.sites.api import bringing as taking
from oportuno.people.organisations.testing import Actor
from tests.nightly.real_wordpress import NotHere, Wordpress, running

pytestmark = [pytest.mark.nightly, pytest.mark.slow]
CASES = Path(__file__).resolve().parents[3] / "shared" / "cases" / "wordpress"


@pytest.fixture(scope="module")
def wordpress(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wordpress]:
    if os.environ.get("OPORTUNO_NIGHTLY") != "1":
        pytest.skip("a real WordPress takes half a minute: OPORTUNO_NIGHTLY=1 ./oportuno test tests/nightly")
    try:
        with running(tmp_path_factory.mktemp("wordpress")) as found:
            yield found
    except NotHere as reason:
        pytest.skip(str(reason))


def _seen(actor: Actor) -> dict[str, Any]:
    """What a site holds, without numbers of its own."""
    assert actor.organisation is not None
    with for_organisation(actor.organisation.pk):
        entries = list(sites.Entry.objects.exclude(state="trashed"))
        terms = {one.pk: one.slug for one in sites.Term.objects.all()}
        parents = {one.pk: one.path for one in entries}
        return {
            "entries": Counter(
                (one.kind, one.state, one.path, one.title, parents.get(one.parent_id) if one.parent_id else None) for one in entries
            ),
            "dates": {one.path: one.published_at for one in entries if one.state in ("published", "scheduled", "private")},
            "filed": {one.path: sorted(terms[term] for term in one.terms if terms[term] != "uncategorized") for one in entries},
            "words": {one.path: Counter(render_text(read(one.document), language="es").split()) for one in entries},
            "comments": Counter(
                (one.name, " ".join(one.text.split()), one.state, one.at, parents[one.entry_id]) for one in taking.comments_of(parents)
            ),
        }


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["themeunittestdata.wordpress.xml", "small-export.xml", "theme-preview.xml"])
def test_a_site_goes_through_wordpress_and_comes_back_the_same(
    wordpress: Wordpress, alba: Actor, gala: Actor, tmp_path: Path, name: str
) -> None:
    if not CASES.is_dir():
        pytest.skip(f"the folder of real files is not beside the checkout: {CASES}")
    assert alba.organisation is not None
    wordpress.empty()
    bring(alba, next(path for path in (CASES / name, CASES / f"{name}.xz") if path.exists()))
    file = tmp_path / "ours.xml"
    file.write_bytes(b"".join(api.export_site(alba.organisation, at=now())))
    taken = wordpress.take(file)
    assert taken["version"] == "1.2"
    assert taken["foreign"] == 0, "all that we write are blocks"
    theirs = wordpress.export(tmp_path / "theirs.xml")
    assert told(gala, bring(gala, theirs))["state"] == "done"
    ours, back = _seen(alba), _seen(gala)
    for part in ours:
        assert _differences(ours[part], back[part]) == [], part


def _differences(ours: Any, back: Any) -> list[Any]:
    if isinstance(ours, Counter):
        return [*(ours - back), *(back - ours)]
    differ = [key for key in {*ours, *back} if ours.get(key) != back.get(key)]
    return [
        (key, *(_differences(ours[key], back[key]) if isinstance(ours.get(key), Counter) else (ours.get(key), back.get(key))))
        for key in differ
    ]


@pytest.fixture
def remote(wordpress: Wordpress, settings: Any) -> api.Remote:
    settings.WEB_ALLOW = [wordpress.address.removeprefix("http://")]
    wordpress.empty()
    return api.Remote(wordpress.address, wordpress.user, wordpress.password)


@pytest.mark.django_db
def test_a_site_is_pushed_and_pulled_and_is_the_same(remote: api.Remote, alba: Actor, gala: Actor, tmp_path: Path) -> None:
    if not CASES.is_dir():
        pytest.skip(f"the folder of real files is not beside the checkout: {CASES}")
    assert alba.organisation is not None
    name = "themeunittestdata.wordpress.xml"
    bring(alba, next(path for path in (CASES / name, CASES / f"{name}.xz") if path.exists()))
    _with_a_picture(alba)
    ours = _seen(alba)
    first = api.push(remote, alba.organisation.pk)
    assert (first.new, first.changed, first.same, first.files) == (len(ours["words"]), 0, 0, 1)
    again = api.push(remote, alba.organisation.pk)
    assert (again.new, again.changed, again.same, again.comments, again.files) == (0, 0, len(ours["words"]), 0, 0)
    file = tmp_path / "pulled.xml"
    file.write_bytes(b"".join(api.pull(remote, at=now())))
    assert told(gala, bring(gala, file))["state"] == "done"
    back = _seen(gala)
    ours["comments"] = Counter({one: many for one, many in ours["comments"].items() if one[0] in {said[0] for said in back["comments"]}})
    for part in ours:
        assert _differences(ours[part], back[part]) == [], part
    file.write_bytes(b"".join(api.pull(remote, at=now())))
    assert told(gala, bring(gala, file))["same"] == len(ours["words"])


@pytest.mark.django_db
def test_a_wrong_password_is_told_and_nothing_is_sent(remote: api.Remote, wordpress: Wordpress) -> None:
    with pytest.raises(Refusal) as caught:
        api.Remote(wordpress.address, wordpress.user, "falsa").me()
    assert caught.value.field == "password"
    assert remote.me()["username"] == "ana"


def _with_a_picture(actor: Actor) -> None:
    """A post that shows something of the library."""
    assert actor.organisation is not None
    drawn = io.BytesIO()
    Image.new("RGB", (900, 600), "#c33").save(drawn, "JPEG")
    drawn.seek(0)
    with for_organisation(actor.organisation.pk):
        picture = media.keep_item(file=drawn, name="rosa.jpg", by=None, at=now())
        document = {
            "version": 1,
            "blocks": [{"type": "image", "picture": str(picture.pk), "alt": "Rosa"}, {"type": "text", "text": "Mira."}],
        }
        entry = sites.begin_entry(kind="post", title="Con rosa", content=read(document), by=actor.member, at=now())
        sites.file_entry(entry=entry.pk, picture_id=picture.pk, by=actor.member, at=now())
        sites.publish_entry(entry=entry.pk, by=actor.member, at=now().replace(microsecond=0))
