"""A pack is read whole, or refused in one sentence that says where."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from oportuno.kernel.errors import Refusal
from oportuno.kernel.packs import PackError, available, home, load
from oportuno.kernel.packs.identity import contrast


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A pack of our own, outside the product, to spoil."""
    folder = tmp_path / "flores"
    shutil.copytree(home() / "flores", folder, ignore=shutil.ignore_patterns("demo"))
    return folder


def spoil(folder: Path, file: str, old: str, new: str) -> str:
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(PackError) as refusal:
        load(folder)
    return str(refusal.value)


@pytest.mark.parametrize("name", available())
def test_it_reads_every_pack_that_comes_with_the_product(name: str) -> None:
    assert load(name).name == name


def test_it_holds_a_vertical_as_deep_as_its_trade() -> None:
    pack = load("flores")
    assert len(list(pack.taxonomy.walk())) >= 45
    assert len(pack.taxonomy.attributes) >= 30


def test_the_vertical_of_software_is_deep_too() -> None:
    pack = load("saas")
    assert len(list(pack.taxonomy.walk())) >= 30
    assert len(pack.taxonomy.attributes) >= 20


def test_it_hands_attributes_down_the_tree() -> None:
    rosas = load("flores").category("rosas")
    asked = {one.attribute.key: one for one in rosas.asks}
    assert asked["colour"].inherited_from == "flores-cortadas"
    assert [choice.key for choice in asked["species"].attribute.choices] == ["rosa"]


def test_it_says_what_is_wrong_with_the_attributes_of_a_product() -> None:
    taxonomy = load("flores").taxonomy
    good = {"species": "rosa", "colour": "rojo", "packing": "docena", "stem_length_cm": 60}
    assert taxonomy.complaints("rosas", good) == []
    assert taxonomy.complaints("rosas", {**good, "colour": "verdoso"}) == ["colour: “verdoso” is not among its choices"]
    assert taxonomy.complaints("rosas", {"species": "rosa", "colour": "rojo"}) == ["“rosas” needs “packing”"]
    assert taxonomy.complaints("rosas", {**good, "stem_length_cm": 900}) == ["stem_length_cm: 900 is more than 180"]
    assert taxonomy.complaints("rosas", {**good, "wings": 2}) == ["“rosas” does not ask “wings”"]
    assert taxonomy.complaints("nubes", {}) == ["there is no category “nubes”"]


def test_it_finds_the_nearest_tax_of_a_category() -> None:
    pack = load("flores")
    assert pack.tax.default_for(country="MX", path=pack.category("rosas").path) == "mx-iva-0"
    assert pack.tax.default_for(country="MX", path=pack.category("ramos").path) == "mx-iva-16"


def test_it_asks_a_colombian_florist_for_colombian_papers_only() -> None:
    keys = {one.key for one in load("flores").requirements_for(country="CO", sectors=frozenset({"floristerias"}))}
    assert {"tax_co", "rut_co", "chamber_co", "test_order"} <= keys
    assert keys.isdisjoint({"tax_mx", "ica_co", "cold_log"})


def test_it_loads_a_pack_from_any_folder(copy: Path) -> None:
    assert load(copy) == load(str(copy))
    assert load(copy).folder == copy


def test_a_refusal_is_one_for_people(copy: Path) -> None:
    with pytest.raises(Refusal, match=r"There is no pack “vinos”\. These are here: .*flores"):
        load("vinos")


def test_it_names_the_file_and_the_line_of_an_unknown_key(copy: Path) -> None:
    sentence = spoil(copy, "sectors.yaml", "    icon: plant-2\n", "    icono: plant-2\n")
    assert sentence.startswith("flores/sectors.yaml, line ")
    assert "icon" in sentence


def test_it_asks_for_the_missing_translation(copy: Path) -> None:
    sentence = spoil(copy, "sectors.yaml", ', en: "Farms"', "")
    assert sentence == "flores/sectors.yaml, line 3 (sectors › 1 › title › en): the English words are missing."


def test_it_refuses_a_slug_that_names_two_categories(copy: Path) -> None:
    assert "the category “rosas” is there twice" in spoil(copy, "taxonomy.yaml", "slug: claveles", "slug: rosas")


def test_it_refuses_two_sectors_of_one_slug(copy: Path) -> None:
    sentence = spoil(copy, "sectors.yaml", "slug: floristerias", "slug: cultivos")
    assert sentence.endswith("“cultivos” is there twice; each slug names one thing.")


def test_it_refuses_an_icon_that_does_not_exist(copy: Path) -> None:
    assert "“rose-garden” is not an icon of Tabler" in spoil(copy, "taxonomy.yaml", "icon: rosette", "icon: rose-garden")


def test_it_refuses_a_choice_that_does_not_exist(copy: Path) -> None:
    assert "to “rossa”, which is not a choice" in spoil(copy, "taxonomy.yaml", "choices: [rosa]", "choices: [rossa]")


def test_it_refuses_a_fee_for_a_category_that_does_not_exist(copy: Path) -> None:
    sentence = spoil(copy, "fees.yaml", "category: cursos", "category: clases")
    assert sentence.endswith("there is no category “clases” in taxonomy.yaml.")


def test_it_refuses_colours_that_people_cannot_read(copy: Path) -> None:
    assert "people need 7.0 to read it" in spoil(copy, "pack.yaml", 'ink: "#2a2024"', 'ink: "#aaaaaa"')


def test_it_refuses_a_key_written_twice(copy: Path) -> None:
    assert "“name” is written twice" in spoil(copy, "pack.yaml", "name: flores", "name: flores\nname: flores")


def test_it_refuses_what_is_not_yaml(copy: Path) -> None:
    assert "this is not YAML" in spoil(copy, "fees.yaml", "free_days: 90", "free_days: [90")


def test_it_refuses_a_bomb_of_aliases(copy: Path) -> None:
    assert "aliases are not used in packs" in spoil(copy, "fees.yaml", "free_days: 90", "free_days: &a 90\npayout: *a")


def test_it_says_which_file_is_absent(copy: Path) -> None:
    (copy / "tax.yaml").unlink()
    with pytest.raises(PackError, match=r"The pack lacks flores/tax\.yaml"):
        load(copy)


def test_it_measures_contrast_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
