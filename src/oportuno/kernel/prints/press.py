"""The press: a program of its own, run by `printing` as `press.py ROOM SECONDS MEGABYTES`. Nothing of ours is imported here.

ROOM holds `house.typ`, `print.json` and `pictures/`; `print.pdf` is written there. Ends with 1 and a reason on standard error.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

WIDEST = 1_600
"""Pixels of a picture: 240 for each inch of a page."""
MOST_PIXELS = 60_000_000
MOST_BYTES = 200_000_000


def limit(seconds: int, megabytes: int) -> None:
    """Of time, memory and what is written. Windows knows no such limits; there the time of the caller is the only one."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_BYTES, MOST_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def develop(room: Path, names: dict[str, str]) -> dict[str, str]:
    """Each picture decoded and written anew; what nobody can read is left out. File by the print's name for it."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    made = {}
    for name, kept in names.items():
        try:
            with Image.open(room / "pictures" / kept, formats=["PNG", "JPEG", "WEBP", "GIF", "AVIF"]) as opened:
                upright = ImageOps.exif_transpose(opened)
                upright.thumbnail((WIDEST, WIDEST))
                is_clear = upright.mode in ("RGBA", "LA", "P")
                target = f"pictures/{kept}.{'png' if is_clear else 'jpg'}"
                upright.convert("RGBA" if is_clear else "RGB").save(room / target, quality=85, optimize=is_clear)
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
            continue
        made[name] = target
    return made


def press(room: Path) -> None:
    """Set it as PDF/UA; where that asks for more (a sign that no font has, a title without words), tagged without claiming so."""
    import typst

    told = json.loads((room / "print.json").read_text(encoding="utf-8"))
    told["pictures"] = develop(room, told["pictures"])
    (room / "print.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    fonts = typst.Fonts(include_system_fonts=False)
    packages = str(room / "no-packages")
    for standards in (["ua-1"], []):
        try:
            typst.compile(
                str(room / "house.typ"),
                output=str(room / "print.pdf"),
                root=str(room),
                font_paths=fonts,
                ignore_system_fonts=True,
                package_path=packages,
                package_cache_path=packages,
                pdf_standards=standards,  # type: ignore[arg-type]
                timestamp=0,
            )
        except typst.TypstError:
            if not standards:
                raise
        else:
            return


if __name__ == "__main__":
    os.environ["RAYON_NUM_THREADS"] = "1"  # one thread: its memory is known, and the machine is shared
    limit(int(sys.argv[2]), int(sys.argv[3]))
    press(Path(sys.argv[1]))
