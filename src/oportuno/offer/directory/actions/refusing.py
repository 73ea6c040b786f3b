"""Several fields at once: every sentence that says no, not only the first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

from oportuno.kernel.errors import Refusal


class Refusing:
    """Gathers refusals by field; leaving the block raises one with them all in `data["errors"]`.

    with Refusing() as refusing:
        with refusing("phone"):
            …
    """

    def __init__(self) -> None:
        self.errors: dict[str, str] = {}

    @contextmanager
    def __call__(self, field: str) -> Iterator[None]:
        try:
            yield
        except Refusal as refusal:
            self.errors.setdefault(refusal.field or field, str(refusal))

    def __enter__(self) -> Refusing:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is None and self.errors:
            field, sentence = next(iter(self.errors.items()))
            raise Refusal(sentence, field=field, errors=self.errors)
