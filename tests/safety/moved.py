"""A blog that moved in from WordPress: an import, its items, what became of them, and a file that is still on its way."""

from __future__ import annotations

import tempfile
from pathlib import Path

from oportuno.doors.integrations.testing import bring, comment, export, item
from oportuno.people.organisations.testing import Actor


def own_wordpress(owner: Actor, name: str) -> None:
    """Drives the import itself: call it outside of any acting."""
    content = f'<p>{name} de antes</p><p><img src="http://127.0.0.1/{owner.member.organisation.pk}.jpg" alt="{name}"></p>'
    said = comment(1, f"{name} dicho", email=f"c{owner.member.organisation.pk}@example.com")
    with tempfile.TemporaryDirectory() as folder:
        bring(owner, export(Path(folder) / f"{name}.xml", [item(1, content, title=f"{name} de antes", more=said)]))
