"""Documents of blocks: read, and drawn as a page, as mail and as text.

python bench/content.py [--quick] [--json FILE]
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from frame import Size, Workload, main
from scratch import Scratch

SCRATCH = Scratch("content")  # terms of the glossary and pictures are asked of a database

from oportuno.kernel.content import ShownPicture, add_source, read, render_html, render_mjml, render_text

PARAGRAPH = (
    'Corta el tallo <strong>en bisel</strong>, a dos dedos del final, y cambia el agua cada <a href="/glosario/dia/">dos días</a>. '
    "Así dura una rosa del altiplano hasta doce en un jarrón que no esté al sol. "
) * 3
PICTURE = "0190b5a2-7d2e-7c3a-9f00-000000000001"
LIMIT = "the finished page cut at its blocks and put together again"


def post() -> dict[str, Any]:
    """An article as people write them: 31 blocks, about 10 KB."""
    part = [
        {"type": "heading", "text": "Que las rosas duren"},
        *[{"type": "text", "text": PARAGRAPH}] * 4,
        {"type": "list", "items": [{"text": "Agua limpia"}, {"text": "Sin hojas abajo"}, {"text": "Lejos de la fruta"}]},
        {"type": "image", "picture": PICTURE, "alt": "Un jarrón con rosas", "caption": "Al quinto día"},
    ]
    more = [
        {"type": "quote", "text": "Una rosa es una rosa", "by": "Gertrude Stein"},
        {"type": "video", "url": "https://vimeo.com/76979871"},
    ]
    table = {"type": "table", "rows": [["Flor", "Días"], ["Rosa", "12"], ["Clavel", "20"]]}
    return {"version": 1, "blocks": [*part * 4, *more, table]}


def measure(size: Size) -> Iterator[Workload]:
    add_source("picture", lambda names, _: {name: ShownPicture(f"/media/{name}.webp", 1200, 800) for name in names})
    given = post()
    document = read(given)
    page = render_html(document, language="es")
    pieces = page.split("\n")
    times = 300 if size.quick else 2_000
    workload = Workload(
        "documents of blocks", f"an article of {len(given['blocks'])} blocks, {len(page) // 1000} KB of HTML", "one of each"
    )
    limit = per_second(lambda: "\n".join(pieces), times * 20)
    mail = {"language": "es", "base": "https://mercado.example"}
    for name, act in (
        ("read, cleaned", lambda: read(given)),
        ("as a page", lambda: render_html(document, language="es")),
        ("as mail (MJML)", lambda: render_mjml(document, **mail)),
        ("as text", lambda: render_text(document, **mail)),
    ):
        workload.add(name, "a cpu second", [per_second(act, times) for _ in range(size.runs)], limit=limit, limit_is=LIMIT)
    yield workload


def per_second(act: Callable[[], object], times: int) -> float:
    """How many of processor time's seconds."""
    act()
    begin = time.process_time()
    for _ in range(times):
        act()
    return times / (time.process_time() - begin)


if __name__ == "__main__":
    try:
        main(measure, __doc__)
    finally:
        SCRATCH.drop()
