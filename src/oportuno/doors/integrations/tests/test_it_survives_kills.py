"""A machine that dies while a WordPress comes in: the end is the same."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from oportuno.doors.integrations.models import WordpressRun
from oportuno.doors.integrations.testing import bring, driven, export, item, started
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.sites.api import Entry, Redirect, Revision, Term, bringing
from oportuno.people.organisations.testing import Actor

COUNT, KILLS = 120, 10
WORKER = """
import os, signal, sys
import django
django.setup()
from uuid import UUID
from django.db import connection
from oportuno.doors.integrations import api
from oportuno.doors.integrations.wordpress.actions import checking, writing
from oportuno.kernel.jobs import Lease
checking.BATCH, writing.BATCH = 60, 8
left = int(sys.argv[3])
def dying(execute, *asked):
    global left
    left -= 1
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
    return execute(*asked)
with connection.execute_wrapper(dying):
    api.bring(Lease(0, 0, int(sys.argv[1]), "test"), UUID(sys.argv[2]))
"""


def blog() -> Iterable[str]:
    """Posts with comments and terms, pages below pages."""
    for number in range(1, COUNT + 1):
        terms = f'<category domain="category" nicename="c{number % 7}">C{number % 7}</category>'
        said = (
            f"<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author>Eva</wp:comment_author>"
            f"<wp:comment_date_gmt>2020-01-03 00:00:00</wp:comment_date_gmt><wp:comment_content>{number}</wp:comment_content>"
            "<wp:comment_approved>1</wp:comment_approved><wp:comment_type>comment</wp:comment_type></wp:comment>"
        )
        kind = {"post_type": "page", "post_parent": str(number - 5)} if number % 10 == 0 else {}
        yield item(number, f"<p>Texto {number}</p>", link=f"https://viejo.example/{number}/", more=terms + said, **kind)


def whole(actor: Actor) -> dict[str, list[tuple[object, ...]]]:
    """The site without what differs from one import to the next."""
    assert actor.organisation is not None
    with for_organisation(actor.organisation.pk):
        return {
            "entries": sorted(Entry.objects.values_list("path", "kind", "state", "title", "last", "live")),
            "revisions": sorted(Revision.objects.values_list("entry__path", "number")),
            "terms": sorted(Term.objects.values_list("kind", "slug")),
            "comments": sorted((one.text, one.state) for one in bringing.comments_of(Entry.objects.values_list("pk", flat=True))),
            "redirects": sorted(Redirect.objects.values_list("path", "entry__path")),
        }


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_blog_comes_in_the_same_when_the_import_is_killed_ten_times(alba: Actor, gala: Actor, tmp_path: Path) -> None:
    file = export(tmp_path / "a.xml", blog())
    assert bring(gala, file).state == "done"
    run = started(alba, file)
    assert alba.organisation is not None
    random_, phases = random.Random(11), set()
    for _ in range(KILLS):
        command = [sys.executable, "-c", WORKER, str(alba.organisation.pk), str(run.pk), str(random_.randint(8, 60))]
        ended = subprocess.run(command, env={**os.environ, "OPORTUNO_PROCESS": "test"}, check=False, timeout=60)
        assert ended.returncode == -signal.SIGKILL  # before a statement of some transaction, not between two
        with for_organisation(alba.organisation.pk):
            phases.add(WordpressRun.objects.get(pk=run.pk).state)
    assert phases == {"checking", "bringing"}  # it died in both
    assert driven(alba, run).state == "done"
    assert whole(alba) == whole(gala)
    assert len(whole(alba)["comments"]) == COUNT
