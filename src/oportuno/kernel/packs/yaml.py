"""YAML that remembers where each thing stood, so that an error can name the line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from .errors import PackError

# A pack is written by hand; more than this is a mistake or an attack.
LARGEST = 4_000_000


class Document:
    """One YAML file: its data, and the line of any place in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = f"{path.parent.name}/{path.name}"
        self._root = self._compose()
        self.data: Any = self._build()

    def line(self, place: tuple[str | int, ...]) -> int:
        """The line of a place such as ("categories", 3, "icon"), or of the nearest thing around it."""
        node, line = self._root, 1
        for step in place:
            found = _step(node, step)
            if found is None:
                break
            node, line = found
        return line

    def refuse(self, place: tuple[str | int, ...], complaint: str) -> PackError:
        where = " › ".join(str(step + 1) if isinstance(step, int) else step for step in place)
        return PackError(
            f"{self.name}, line {self.line(place)}{f' ({where})' if where else ''}: {complaint}.",
            file=self.name,
            line=self.line(place),
        )

    def _compose(self) -> yaml.Node:
        if not self.path.is_file():
            raise PackError(f"The pack lacks {self.name}; every pack needs it.", file=self.name)
        if self.path.stat().st_size > LARGEST:
            raise PackError(f"{self.name} is larger than {LARGEST // 1_000_000} MB; split the pack.", file=self.name)
        try:
            root = yaml.compose(self.path.read_text("utf-8"), Loader=_Loader)
        except UnicodeDecodeError as error:
            raise PackError(f"{self.name} is not UTF-8 text; save it as UTF-8.", file=self.name) from error
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise PackError(f"{self.name}, line {line}: this is not YAML ({error.problem}).", file=self.name) from error
        if root is None:
            raise PackError(f"{self.name} is empty; write its words.", file=self.name)
        return root

    def _build(self) -> Any:
        _refuse_twins(self._root, self)
        loader = _Loader("")
        try:
            return loader.construct_document(self._root)
        finally:
            loader.dispose()


# The parser in C is ten times as fast, where there is one.
class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Safe YAML with "yes", "no", "on" as the words they are."""


_Loader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def _step(node: yaml.Node, step: str | int) -> tuple[yaml.Node, int] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return value, key.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        child = node.value[step]
        return child, child.start_mark.line + 1
    return None


def _refuse_twins(node: yaml.Node, document: Document, known: set[int] | None = None) -> None:
    """YAML lets the last of two equal keys win in silence, and an alias of an alias explode; we allow neither."""
    known = set() if known is None else known
    if id(node) in known:  # the composer gives an alias as the very node it names
        line = node.start_mark.line + 1
        raise PackError(f"{document.name}, line {line}: aliases are not used in packs; write it again.", file=document.name)
    known.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        for child in node.value:
            _refuse_twins(child, document, known)
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                line = key.start_mark.line + 1
                raise PackError(f"{document.name}, line {line}: “{key.value}” is written twice.", file=document.name)
            seen.add(key.value)
            _refuse_twins(value, document, known)
