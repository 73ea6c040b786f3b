"""What the import contract cannot see: references between tables, templates and strings."""

from __future__ import annotations

import re
from pathlib import Path

from django.apps import apps
from django.db import models
from django.urls import URLResolver, get_resolver

SOURCE = Path(__file__).resolve().parents[2] / "src" / "oportuno"
AREAS = ("config", "doors", "insight", "alliances", "growth", "trade", "offer", "people", "kernel")
INSIDE = {
    "people": ("segments", "messaging", "audience", "organisations"),
    "offer": ("promotions", "guides", "ebooks", "experts", "knowledge", "catalogue", "directory", "sites", "glossary", "media", "search"),
    "trade": ("pipeline", "servicedesk", "orders", "payments", "shipping"),
    "growth": ("journeys", "campaigns", "funnels", "social"),
    "alliances": ("partners", "academy", "bosforo"),
    "insight": ("plans", "measures"),
}
SIDE_BY_SIDE = ({"media", "search"}, {"pipeline", "servicedesk"}, {"payments", "shipping"})


def rank(module: str) -> tuple[int, int]:
    """How high an application stands: smaller is higher."""
    _, area, *rest = [*module.split("."), ""]
    order = INSIDE.get(area, ())
    return AREAS.index(area), order.index(rest[0]) if rest[0] in order else 0


def ours() -> list[type[models.Model]]:
    return [m for m in apps.get_models() if m.__module__.startswith("oportuno.")]


def test_it_points_every_foreign_key_down_and_leaves_no_name_behind() -> None:
    wrong = []
    for model in ours():
        for field in model._meta.local_fields + model._meta.local_many_to_many:
            target = field.related_model
            if field.is_relation and isinstance(target, type) and target.__module__.startswith("oportuno."):
                if rank(target.__module__) < rank(model.__module__):
                    wrong.append(f"{model.__name__}.{field.name} points up to {target.__name__}")
                same = target.__module__.split(".")[:3] == model.__module__.split(".")[:3]
                if not same and not str(getattr(field.remote_field, "related_name", None) or "").endswith("+"):
                    wrong.append(f"{model.__name__}.{field.name} leaves a name on {target.__name__}: related_name='+'")
    assert not wrong, "\n".join(wrong)


def _namespaces() -> dict[str, str]:
    """URL namespace → the application that owns it."""
    found: dict[str, str] = {}

    def walk(resolver: URLResolver) -> None:
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                if entry.namespace and not isinstance(entry.urlconf_name, list):
                    found[entry.namespace] = getattr(entry.urlconf_name, "__name__", str(entry.urlconf_name)).removesuffix(".urls")
                walk(entry)

    walk(get_resolver())
    return found


def test_it_lets_a_template_name_only_addresses_of_its_own_app_or_below() -> None:
    owners, wrong = _namespaces(), []
    for template in SOURCE.glob("**/templates/**/*.html"):
        app = "oportuno." + ".".join(template.relative_to(SOURCE).parts[:2])
        if app.startswith(("oportuno.doors", "oportuno.config")):
            continue
        for name in re.findall(r"""{%\s*url\s+['"]([\w-]+):""", template.read_text(encoding="utf-8")):
            owner = owners.get(name, "")
            if owner.startswith("oportuno.") and rank(owner) < rank(app):
                wrong.append(f"{template.relative_to(SOURCE)} names {name}:…, which stands above it")
    assert not wrong, "\n".join(wrong)


def test_it_never_fetches_a_model_by_its_name() -> None:
    wrong = [
        str(file.relative_to(SOURCE))
        for file in SOURCE.glob("**/*.py")
        if "migrations" not in file.parts
        and "tests" not in file.parts
        and re.search(r"apps\.get_model\(", file.read_text(encoding="utf-8"))
    ]
    assert wrong in ([], ["kernel/isolation/operations.py"])  # a migration operation gets its model from the state


def test_it_lets_nobody_but_the_kernel_speak_http_to_the_world() -> None:
    clients = re.compile(r"^\s*(?:from|import) (httpx|requests|urllib3|aiohttp|http\.client|urllib\.request)\b", re.M)
    wrong = [
        str(file.relative_to(SOURCE))
        for file in SOURCE.glob("**/*.py")
        if "tests" not in file.parts and clients.search(file.read_text(encoding="utf-8")) and not file.is_relative_to(SOURCE / "kernel/web")
    ]
    assert wrong in ([], ["doors/commandline/opening.py"])  # which asks our own address on this machine whether it answers


def test_it_lets_only_the_providers_of_mail_use_what_brings_a_client_of_its_own() -> None:
    """anymail brings requests; what it writes is sent by the kernel's door all the same (docs/adr/0018-mail-providers.md)."""
    wrong = {
        file.relative_to(SOURCE).parent.as_posix()
        for file in SOURCE.glob("**/*.py")
        if re.search(r"^\s*(?:from|import) anymail\b", file.read_text(encoding="utf-8"), re.M)
    }
    assert wrong == {"doors/integrations/providers/mail"}


def test_it_gives_every_room_a_name_that_everybody_knows() -> None:
    rooms = {
        "__init__", "apps", "urls", "views", "forms", "reactions", "api", "actions", "queries", "models", "rules", "facts", "testing",
        "templates", "tests", "migrations", "locale", "static", "templatetags", "data", "context", "README", "__pycache__", "backend", "management",
    }  # fmt: skip
    wrong = [
        str(entry.relative_to(SOURCE))
        for area in ("people", "offer")
        for app in (SOURCE / area).iterdir()
        if app.is_dir() and (app / "apps.py").exists()
        for entry in app.iterdir()
        if entry.stem not in rooms
    ]
    assert not wrong, wrong
