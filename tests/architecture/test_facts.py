"""What was once told can be read for ever: facts are only added to. Readers, programs and exports count on it."""

from __future__ import annotations

import json
import os
from dataclasses import fields
from importlib import import_module
from pathlib import Path
from typing import Any

from oportuno.kernel.facts.shape import all_fact_classes

SOURCE = Path(__file__).resolve().parents[2] / "src"
KEPT = Path(__file__).with_name("facts.json")
ACCEPT = "OPORTUNO_ACCEPT_FACTS"
HOW = f"New facts and new fields are welcome: {ACCEPT}=1 ./oportuno test tests/architecture/test_facts.py writes them down; commit {KEPT.name}."

Shapes = dict[str, dict[str, Any]]


def declared() -> Shapes:
    """Each kind of fact in the code: its subject, and its fields with their types."""
    for file in sorted([*SOURCE.glob("oportuno/**/facts.py"), *SOURCE.glob("oportuno/**/facts/*.py")]):
        if not file.is_relative_to(SOURCE / "oportuno/kernel"):
            import_module(".".join(file.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__"))
    return {
        kind: {"subject": cls.subject, "fields": {field.name: str(field.type) for field in fields(cls)}}
        for kind, cls in all_fact_classes().items()
        if cls.__module__.startswith("oportuno.") and ".tests." not in cls.__module__
    }


def lost(before: Shapes, now: Shapes) -> list[str]:
    """What somebody may count on and would look for in vain."""
    gone = []
    for kind, shape in before.items():
        if kind not in now:
            gone.append(f"{kind} is gone")
            continue
        if now[kind]["subject"] != shape["subject"]:
            gone.append(f"{kind}.{shape['subject']} is not its subject any more")
        for name, of in shape["fields"].items():
            if (there := now[kind]["fields"].get(name)) != of:
                gone.append(f"{kind}.{name} was {of} and is {there or 'gone'}")
    return gone


def test_it_never_renames_or_drops_what_facts_told() -> None:
    before, now = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}, declared()
    assert lost(before, now) == [], "Facts already told keep their shape: declare another fact, and keep reading the old one."
    if os.environ.get(ACCEPT):
        KEPT.write_text(json.dumps(now, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        before = now
    assert before == now, HOW


def test_it_would_see_a_fact_that_changed_its_shape() -> None:
    before: Shapes = {"a.told": {"subject": "offer", "fields": {"offer": "UUID", "count": "int"}}, "a.gone": {"subject": "", "fields": {}}}
    now: Shapes = {
        "a.told": {"subject": "", "fields": {"offer": "UUID", "count": "str", "more": "str"}},
        "a.new": {"subject": "", "fields": {}},
    }
    assert lost(before, now) == ["a.told.offer is not its subject any more", "a.told.count was int and is str", "a.gone is gone"]
    assert lost(now, now) == []
