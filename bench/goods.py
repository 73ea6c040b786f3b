"""Made-up products of a flower market, any number of them, the same each time: for imports and for pages."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from pathlib import Path

THINGS = {
    "floreros": ["Florero", "Base", "Jarrón", "Pecera"],
    "macetas": ["Maceta", "Matera", "Jardinera", "Portamaceta"],
    "sustratos": ["Tierra abonada", "Sustrato", "Turba", "Corteza de pino"],
    "herramientas": ["Tijera de poda", "Pala", "Regadera", "Guantes"],
    "cintas-y-papeles": ["Cinta satinada", "Papel coreano", "Rafia", "Listón"],
    "empaques": ["Caja", "Bolsa", "Capuchón", "Cajón"],
    "canastas-vacias": ["Canasta", "Cesta", "Huacal", "Baúl"],
}
COLOURS = {"rojo": "rojo", "blanco": "blanco", "rosado": "rosado", "amarillo": "amarillo", "morado": "morado", "azul": "azul"}
STYLES = ["clásico", "rústico", "moderno", "artesanal", "vintage", "nórdico", "campestre", "de boda", "para regalo", "para exportación"]
PARTS = [
    "de cerámica",
    "de vidrio soplado",
    "de barro",
    "de mimbre",
    "de yute",
    "de madera de pino",
    "reciclado",
    "esmaltado",
    "mate",
    "liso",
]
SAYS = [
    "Hecho a mano en talleres de la sabana",
    "Resiste el agua y el sol de un balcón",
    "Llega empacado para que nada se rompa.\n    Sirve para rosas, claveles, girasoles, hortensias y orquídeas",
    "Pide por docena y el envío sale el mismo día",
    "Lávalo con agua tibia.\n    Dura años si se guarda seco",
    "Combina con listones y papeles de la misma línea",
    "Viene en tres medidas.",
]
COLUMNS = ("SKU", "Título en español", "Descripción en español", "Categoría", "Marca", "Precio", "Moneda", "Existencias", "Unidad",
           "Atributo: colour", "Publicado")  # fmt: skip


def rows(count: int, *, start: int = 0) -> Iterator[tuple[str, ...]]:
    """Rows under COLUMNS: 7 categories, 6 colours, 300 brands, a title of about 8 words, a description of about 35."""
    chance = random.Random(f"goods {start}")
    shelves = list(THINGS)
    for number in range(start, start + count):
        shelf = chance.choice(shelves)
        colour = chance.choice(list(COLOURS))
        title = f"{chance.choice(THINGS[shelf])} {chance.choice(STYLES)} {chance.choice(PARTS)} {COLOURS[colour]} {number % 97 + 4} cm ref. {number}"
        said = ". ".join(chance.sample(SAYS, 4))
        yield (f"B-{number:08}", title, said, shelf, f"Taller {number % 300}", f"{chance.randint(5, 900)}000", "COP",
               str(chance.randint(0, 80)), "unidad", colour, "sí")  # fmt: skip


def write(file: Path, count: int, *, start: int = 0) -> Path:
    """The same as CSV in our own template."""
    with file.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(COLUMNS)
        table.writerows(rows(count, start=start))
    return file
