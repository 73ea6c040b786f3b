"""Our export goes into a real WordPress, and what that exports comes back as it went."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from oportuno.doors.integrations import api
from oportuno.doors.integrations.testing import bring, told
from oportuno.kernel.clock import now
from oportuno.kernel.content import read, render_text
from oportuno.kernel.isolation import for_organisation
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
            "entries": Counter((one.kind, one.state, one.path, one.title, parents.get(one.parent_id)) for one in entries),
            "dates": {one.path: one.published_at for one in entries if one.state in ("published", "scheduled", "private")},
            "filed": {one.path: sorted(terms[term] for term in one.terms if terms[term] != "uncategorized") for one in entries},
            "words": {one.path: render_text(read(one.document), language="es") for one in entries},
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
    return [(key, ours.get(key), back.get(key)) for key in {*ours, *back} if ours.get(key) != back.get(key)]
