"""One recipe, one seller → products and offers. Chance comes only from seeds made of names."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from ..pack import Pack
from ..taxonomy import Attribute, Placed
from ..words import Text
from .nouns import DemoOffer, DemoPicture, DemoProduct, DemoSeller, DemoVariant
from .shapes import NameSpec, ProductsFile, Recipe

Axes = Mapping[str, str | int]
# One offer in twelve has run out at a point: an empty shelf is part of a market that looks alive.
EMPTY_SHELF = 1 / 12
# What has no colour of its own is drawn in one of these.
SOFT = ("rosado", "durazno", "lila", "amarillo", "azul", "crema")
GTIN_PREFIX = "29"  # GS1 keeps 20-29 for codes that mean nothing outside one shop


@dataclass(frozen=True, slots=True)
class Dish:
    """One name crossed with one value of each axis."""

    recipe: Recipe
    name: NameSpec
    axes: Axes
    number: int

    @property
    def colour(self) -> str | None:
        """The axis first, then the name's own."""
        return str(self.axes["colour"]) if "colour" in self.axes else self.name.colour


def dishes(recipe: Recipe) -> list[Dish]:
    """All that a recipe can make, in the file's order."""
    crossed = itertools.product(recipe.names, itertools.product(*recipe.axes.values()))
    return [Dish(recipe, name, dict(zip(recipe.axes, values, strict=True)), i) for i, (name, values) in enumerate(crossed)]


class Kitchen:
    """Holds what every product needs: the pack, the words, the rates."""

    def __init__(self, pack: Pack, file: ProductsFile) -> None:
        self.pack = pack
        self.file = file
        self.recipes = {recipe.key: recipe for recipe in file.recipes}

    def make(self, seller: DemoSeller) -> Iterator[tuple[DemoProduct, DemoOffer]]:
        """Everything a seller sells, each with its offer."""
        for key, count in seller.sells.items():
            everything = dishes(self.recipes[key])
            chosen = Random(f"{seller.slug}/{key}").sample(everything, min(count, len(everything)))  # noqa: S311
            for dish in sorted(chosen, key=lambda dish: dish.number):
                product = self.product(seller, dish)
                yield product, self.offer(seller, dish, product)

    def product(self, seller: DemoSeller, dish: Dish) -> DemoProduct:
        recipe = dish.recipe
        owner = "" if recipe.shared else f"{seller.slug}-"
        key = f"{owner}{recipe.key}-{dish.number + 1:03d}"
        chance = Random(key)  # noqa: S311
        placed = self.pack.category(recipe.category)
        attributes = self._attributes(placed, dish, chance)
        return DemoProduct(
            key=key,
            recipe=recipe.key,
            category=recipe.category,
            sells=placed.sells,
            title=self._title(dish, attributes),
            description=self._description(dish, attributes, chance),
            attributes=attributes,
            gtin=_gtin(key) if recipe.shared else None,
            picture=DemoPicture(dish.name.picture or recipe.picture, dish.colour or chance.choice(SOFT), chance.randrange(1_000_000)),
        )

    def offer(self, seller: DemoSeller, dish: Dish, product: DemoProduct) -> DemoOffer:
        chance = Random(f"{seller.slug}/{product.key}/offer")  # noqa: S311
        quote_only = chance.random() < dish.recipe.quote
        path = self.pack.category(product.category).path
        return DemoOffer(
            key=f"{seller.slug}/{product.key}",
            seller=seller.slug,
            product=product.key,
            currency=seller.currency,
            quote_only=quote_only,
            tax=self.pack.tax.default_for(country=seller.country, path=path),
            unit=self._unit(product),
            lead_days=chance.randint(0, 2) if product.sells == "good" else chance.randint(3, 20),
            variants=tuple(self._variants(seller, dish, chance, quote_only)),
        )

    def _attributes(self, placed: Placed, dish: Dish, chance: Random) -> dict[str, object]:
        asked = {one.attribute.key: one.attribute for one in placed.asks}
        written = {**dish.recipe.attributes, **dish.name.attributes, **dish.axes}
        if dish.colour and "colour" in asked:
            written["colour"] = dish.colour
        if "variety" in asked and isinstance(dish.name.name, str):
            written["variety"] = dish.name.name
        if (stems := dish.recipe.stems.get(str(dish.axes.get("packing")))) is not None:
            written["stems"] = stems
        for key, values in dish.recipe.variants.items():
            written.setdefault(key, values[0])  # the smallest; each variant says its own
        return {key: _pick(asked[key], value, chance) if key in asked else value for key, value in written.items()}

    def _title(self, dish: Dish, attributes: Mapping[str, object]) -> Text:
        words = [self._words(dish, attributes, language) for language in ("es", "en")]
        es, en = dish.recipe.title.es.format(**words[0]), dish.recipe.title.en.format(**words[1])
        return Text(es=es[0].upper() + es[1:], en=en[0].upper() + en[1:])

    def _words(self, dish: Dish, attributes: Mapping[str, object], language: str) -> dict[str, str]:
        words = {key: self._label(key, value, language) for key, value in attributes.items()}
        name = dish.name.name
        words["name"] = name if isinstance(name, str) else name.in_(language)
        if dish.colour:
            forms = self.file.colours[dish.colour]
            words["colour"] = forms.en if language == "en" else getattr(forms, dish.name.gender or dish.recipe.gender)
            words["Colour"] = words["colour"][0].upper() + words["colour"][1:]
        if dish.name.count is not None:
            words["name_count"] = str(dish.name.count)
        if dish.name.size_label is not None:
            words["size_label"] = dish.name.size_label.in_(language)
        return words

    def _label(self, key: str, value: object, language: str) -> str:
        attribute = self.pack.taxonomy.attribute_by_key.get(key)
        choice = attribute.choice(str(value)) if attribute else None
        if choice is None:
            return str(value)
        label = choice.label.in_(language)
        return label[0].lower() + label[1:]

    def _description(self, dish: Dish, attributes: Mapping[str, object], chance: Random) -> Text:
        first, second = chance.sample(dish.recipe.says, 2)
        said = [dish.name.says, first, second] if dish.name.says else [first, second]
        ending = attributes.get("packing") or attributes.get("container")
        if len(said) < 3 and (saying := self.file.sayings.get(str(ending))):
            said.append(saying)
        words = [self._words(dish, attributes, language) for language in ("es", "en")]
        return Text(
            es=" ".join(one.es.format(**words[0]) for one in said),
            en=" ".join(one.en.format(**words[1]) for one in said),
        )

    def _unit(self, product: DemoProduct) -> Text:
        packing = (
            self.pack.taxonomy.attribute_by_key["packing"].choice(str(product.attributes.get("packing")))
            if "packing" in self.pack.taxonomy.attribute_by_key
            else None
        )
        if packing is not None:
            return packing.label
        return {"service": Text(es="Servicio", en="Service"), "course": Text(es="Cupo", en="Seat")}.get(
            product.sells, Text(es="Unidad", en="Unit")
        )

    def _variants(self, seller: DemoSeller, dish: Dish, chance: Random, quote_only: bool) -> Iterator[DemoVariant]:
        recipe = dish.recipe
        base = chance.uniform(*recipe.price)
        for crossed in dish.axes.values():
            base *= recipe.factors.get(str(crossed), 1.0)
        key, values = next(iter(recipe.variants.items()), ("", ()))
        start = chance.randint(0, max(0, len(values) - 3))
        kept: tuple[str | int | None, ...] = values[start : start + 3] or (None,)
        for i, value in enumerate(kept):
            price = None if quote_only else self._price(base * recipe.step ** (start + i), seller)
            attributes = {} if value is None else {key: value}
            yield DemoVariant(
                sku=f"{seller.slug[:3]}{seller.seed:02d}-{recipe.key}-{dish.number + 1:03d}{f'-{i + 1}' if value is not None else ''}".upper(),
                label=None if value is None else self._variant_label(key, value),
                attributes=attributes,
                price=price,
                stock=_stock(seller, recipe, chance),
            )

    def _variant_label(self, key: str, value: str | int) -> Text:
        attribute = self.pack.taxonomy.attribute_by_key[key]
        if choice := attribute.choice(str(value)):
            return choice.label
        es, en = (f"{value} {attribute.unit.in_(one)}" if attribute.unit else str(value) for one in ("es", "en"))
        return Text(es=es, en=en)

    def _price(self, dollars: float, seller: DemoSeller) -> Decimal:
        step = self.file.rounding[seller.currency]
        exact = Decimal(str(round(dollars, 4))) * self.file.rates[seller.currency]
        return max(step, (exact / step).quantize(Decimal(1), ROUND_HALF_UP) * step)


def _pick(attribute: Attribute, written: object, chance: Random) -> object:
    """A list means: between (numbers), one of (choices, true or false), or all of them (several choices)."""
    if not isinstance(written, (list, tuple)):
        return written
    if attribute.type == "multi":
        return tuple(str(one) for one in written)
    if attribute.type == "number" and len(written) == 2:
        low, high = written
        return chance.randint(int(low), int(high))
    return chance.choice(list(written))


def _stock(seller: DemoSeller, recipe: Recipe, chance: Random) -> dict[str, int]:
    if recipe.stock is None:
        return {}
    low, high = recipe.stock
    return {point.key: 0 if chance.random() < EMPTY_SHELF else chance.randint(low, high) for point in seller.points}


def _gtin(key: str) -> str:
    """A 13-digit code with a true check digit, always the same for the same product."""
    digits = GTIN_PREFIX + f"{int(hashlib.sha256(key.encode()).hexdigest(), 16) % 10**10:010d}"
    total = sum(int(digit) * (3 if i % 2 else 1) for i, digit in enumerate(digits))
    return digits + str(-total % 10)
