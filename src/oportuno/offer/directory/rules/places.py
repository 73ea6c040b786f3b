"""Codes of places, distances on earth, and plain words for looking names up."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import unquote

PAIR = re.compile(r"(-?\d{1,2}(?:\.\d+)?)\s*[,;/ ]\s*(-?\d{1,3}(?:\.\d+)?)")
MARKS = (
    r"!3d(-?[\d.]+)!4d(-?[\d.]+)",
    r"mlat=(-?[\d.]+)&mlon=(-?[\d.]+)",
    r"map=[\d.]+/(-?[\d.]+)/(-?[\d.]+)",
    r"[@:=/](-?\d[\d.]*),\s*(-?\d[\d.]*)",
)
"""How the links of maps carry a point: a Google place, a mark and a view of OpenStreetMap, and what `geo:`, `q=`, `ll=` and `@` carry."""
DEGREES = re.compile(r"(\d{1,3})[°º]\s*(?:(\d{1,2})['’′]\s*)?(?:([\d.]+)(?:\"|”|″|'')\s*)?([NSEWO])", re.IGNORECASE)

EARTH_KM = 6371.0088  # mean radius (IUGG); the ellipsoid differs by at most 0.5 %
KM_PER_DEGREE = EARTH_KM * math.pi / 180


@dataclass(frozen=True)
class Point:
    """A point on earth, WGS 84 degrees. Raises ValueError for one that is not on it."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):  # false for NaN too
            raise ValueError("not on earth")


@dataclass(frozen=True)
class Box:
    """Degrees; west may be greater than east where the box crosses the date line."""

    south: float
    north: float
    west: float
    east: float


def path(code: str) -> list[str]:
    """A place and all it lies in, widest first: `CO-05-001` → CO, CO-05, CO-05-001."""
    parts = code.split("-")
    return ["-".join(parts[: n + 1]) for n in range(len(parts))]


def around(point: Point, km: float) -> Box:
    """A box that holds every place within `km`: what the index can answer before distances are computed."""
    up = km / KM_PER_DEGREE
    south, north = max(-90.0, point.latitude - up), min(90.0, point.latitude + up)
    widest = math.cos(math.radians(max(abs(south), abs(north))))
    if widest * KM_PER_DEGREE * 180 <= km:
        return Box(south, north, -180.0, 180.0)
    side = km / (KM_PER_DEGREE * widest)
    return Box(south, north, max(-180.0, point.longitude - side), min(180.0, point.longitude + side))


def distance_km(one: Point, other: Point) -> float:
    """Over the sphere (haversine)."""
    lat1, lat2 = math.radians(one.latitude), math.radians(other.latitude)
    across = math.radians(other.longitude - one.longitude)
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(across / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, half)))


def written_point(text: str) -> Point:
    """A point as people copy it: `4.711, -74.072`, the link of a map, or `4°42'39.6"N 74°04'19.2"W`. Raises ValueError."""
    bare = unquote(text).strip()
    for mark in MARKS if ":" in bare else ():
        if found := re.search(mark, bare):
            return Point(float(found[1]), float(found[2]))
    if len(parts := DEGREES.findall(bare)) == 2:
        return Point(*(_degrees(*part) for part in parts))
    if pair := PAIR.fullmatch(bare):
        return Point(float(pair[1]), float(pair[2]))
    raise ValueError("not a point")


def _degrees(whole: str, minutes: str, seconds: str, side: str) -> float:
    size = int(whole) + int(minutes or 0) / 60 + float(seconds or 0) / 3600
    return -size if side.upper() in "SWO" else size


def plain(text: str) -> str:
    """Small letters without accents: what names are looked up by. `Bogotá` → `bogota`."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in parts if not unicodedata.combining(c)).split())
