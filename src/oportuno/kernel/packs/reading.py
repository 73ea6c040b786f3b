"""Reads a folder of YAML into a `Pack`, or says in one sentence what is wrong and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from .bulletins import Bulletins
from .errors import PackError
from .glossary import Glossary
from .guides import GuideTemplates
from .identity import Identity
from .knowledge import Knowledge
from .method import Commitment, Goals, Playbook, Vetting
from .pack import Pack
from .prices import Fees, Taxes
from .sides import Personas, Sectors, Synonyms
from .sites import SiteTemplates
from .taxonomy import Category, Taxonomy
from .words import Noun
from .yaml import Document

N = TypeVar("N", bound=Noun)

_SENTENCES = {
    "missing": "“{field}” is missing",
    "extra_forbidden": "“{field}” is not known here; is it misspelt?",
    "literal_error": "this is not one of {expected}",
    "too_short": "this needs more entries",
}


def home() -> Path:
    """The folder of the packs that come with the product."""
    return Path(str(files("oportuno"))) / "packs"


def available(folder: Path | None = None) -> list[str]:
    """Names of the packs in the product, or in another folder of packs."""
    return sorted(path.parent.name for path in (folder or home()).glob("*/pack.yaml"))


def load(name: str | Path) -> Pack:
    """The pack of this name, or the one in this folder (a path, or a name with a slash in it).

    Raises PackError, one sentence with file and line. Reads the files each time: keep what you get.
    """
    folder = Path(name) if isinstance(name, Path) or "/" in name else home() / name
    if not (folder / "pack.yaml").is_file():
        raise PackError(f"There is no pack “{name}”. These are here: {', '.join(available())}; or give a folder's path.")
    documents = {noun: Document(folder / f"{noun}.yaml") for noun in _NOUNS}
    read: dict[str, Any] = {noun: _read(documents[noun], shape) for noun, shape in _NOUNS.items()}
    pack = Pack(folder=folder, identity=read.pop("pack"), **read)
    _check_name(pack, documents)
    _check_icons(pack, documents)
    _check_twins(pack, documents)
    _check_references(pack, documents)
    return pack


_NOUNS: dict[str, type[Noun]] = {
    "pack": Identity,
    "taxonomy": Taxonomy,
    "sectors": Sectors,
    "synonyms": Synonyms,
    "personas": Personas,
    "playbook": Playbook,
    "commitment": Commitment,
    "vetting": Vetting,
    "fees": Fees,
    "goals": Goals,
    "tax": Taxes,
    "sites": SiteTemplates,
    "guides": GuideTemplates,
    "knowledge": Knowledge,
    "glossary": Glossary,
    "bulletins": Bulletins,
}


def read_as(path: Path, shape: type[N]) -> N:
    """One YAML file as a `shape`; PackError with file and line otherwise."""
    return _read(Document(path), shape)


def _read(document: Document, shape: type[N]) -> N:
    try:
        return shape.model_validate(document.data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise document.refuse(_place(first), _complaint(first)) from error


def _place(error: Any) -> tuple[str | int, ...]:
    """Where it is. Pydantic says "es" is missing inside the thing; the line is the thing's."""
    return tuple(error["loc"])


def _complaint(error: Any) -> str:
    context = error.get("ctx", {})
    field = error["loc"][-1] if error["loc"] else ""
    if error["type"] == "missing" and field in ("es", "en"):
        return f"the {'Spanish' if field == 'es' else 'English'} words are missing"
    if error["type"] == "value_error":
        return str(context["error"])
    sentence = _SENTENCES.get(error["type"])
    if sentence is None:
        return str(error["msg"])[0].lower() + str(error["msg"])[1:]
    return sentence.format(field=field, expected=context.get("expected", ""))


@cache
def _icons() -> frozenset[str]:
    """The names of Tabler's outline icons (@tabler/icons 3)."""
    return frozenset((files("oportuno.kernel.packs") / "icons.txt").read_text("utf-8").split())


def _check_name(pack: Pack, documents: dict[str, Document]) -> None:
    if pack.identity.name != pack.folder.name:
        raise documents["pack"].refuse(("name",), f"the folder is “{pack.folder.name}”, so must be the name")


def _check_icons(pack: Pack, documents: dict[str, Document]) -> None:
    used: list[tuple[str, tuple[str | int, ...], str]] = [("pack", ("emblem",), pack.identity.emblem)]
    used += [("sectors", ("sectors", i, "icon"), one.icon) for i, one in enumerate(pack.sectors.sectors)]
    used += [("vetting", ("certifications", i, "icon"), one.icon) for i, one in enumerate(pack.vetting.certifications)]
    used += [("taxonomy", (*place, "icon"), one.icon) for place, one in _tree(pack.taxonomy.categories, ("categories",))]
    for noun, place, icon in used:
        if icon not in _icons():
            raise documents[noun].refuse(place, f"“{icon}” is not an icon of Tabler")


def _tree(categories: Iterable[Category], place: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Category]]:
    for i, category in enumerate(categories):
        yield (*place, i), category
        yield from _tree(category.children, (*place, i, "children"))


def _check_twins(pack: Pack, documents: dict[str, Document]) -> None:
    lists: list[tuple[str, str, str, list[str]]] = [
        ("sectors", "sectors", "slug", [one.slug for one in pack.sectors.sectors]),
        ("personas", "personas", "slug", [one.slug for one in pack.personas.personas]),
        ("synonyms", "groups", "key", [one.key for one in pack.synonyms.groups]),
        ("playbook", "steps", "key", [one.key for one in pack.playbook.steps]),
        ("commitment", "milestones", "key", [one.key for one in pack.commitment.milestones]),
        ("vetting", "certifications", "key", [one.key for one in pack.vetting.certifications]),
        ("vetting", "requirements", "key", [one.key for one in pack.vetting.requirements]),
        ("fees", "plans", "key", [one.key for one in pack.fees.plans]),
        ("goals", "goals", "key", [one.key for one in pack.goals.goals]),
        ("tax", "classes", "key", [one.key for one in pack.tax.classes]),
        ("sites", "templates", "slug", [one.slug for one in pack.sites.templates]),
        ("bulletins", "templates", "slug", [one.slug for one in pack.bulletins.templates]),
        ("guides", "guides", "slug", [one.slug for one in pack.guides.guides]),
        ("glossary", "terms", "slug", [one.slug for one in pack.glossary.terms]),
    ]
    for noun, field, name, keys in lists:
        for i, key in enumerate(keys):
            if key in keys[:i]:
                raise documents[noun].refuse((field, i, name), f"“{key}” is there twice; each {name} names one thing")


def _check_references(pack: Pack, documents: dict[str, Document]) -> None:
    sectors = {one.slug for one in pack.sectors.sectors}
    named: list[tuple[str, tuple[str | int, ...], str]] = []
    for i, sector in enumerate(pack.sectors.sectors):
        named += [("sectors", ("sectors", i, "categories", j), slug) for j, slug in enumerate(sector.categories)]
    named += [("fees", ("categories", i, "category"), one.category) for i, one in enumerate(pack.fees.categories)]
    named += [("tax", ("defaults", i, "category"), one.category) for i, one in enumerate(pack.tax.defaults)]
    for noun, place, slug in named:
        if pack.taxonomy.find(slug) is None:
            raise documents[noun].refuse(place, f"there is no category “{slug}” in taxonomy.yaml")
    attributes = {one.key for one in pack.taxonomy.attributes}
    for i, mark in enumerate(pack.vetting.certifications):
        for j, key in enumerate(mark.covers):
            if key not in attributes:
                raise documents["vetting"].refuse(("certifications", i, "covers", j), f"there is no attribute “{key}” in taxonomy.yaml")
    for i, one in enumerate(pack.vetting.requirements):
        for j, slug in enumerate(one.sectors):
            if slug not in sectors:
                raise documents["vetting"].refuse(("requirements", i, "sectors", j), f"there is no sector “{slug}” in sectors.yaml")
    words = {one.slug for one in pack.glossary.terms}
    for i, word in enumerate(pack.glossary.terms):
        for j, slug in enumerate(word.see):
            if slug not in words:
                raise documents["glossary"].refuse(("terms", i, "see", j), f"there is no term “{slug}” in glossary.yaml")
        if word.sector and word.sector not in sectors:
            raise documents["glossary"].refuse(("terms", i, "sector"), f"there is no sector “{word.sector}” in sectors.yaml")
    for country in pack.identity.countries:
        if country not in pack.tax.general:
            raise documents["tax"].refuse(("general",), f"the general tax class of {country} is missing")
