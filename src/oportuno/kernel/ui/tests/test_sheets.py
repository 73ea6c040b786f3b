"""A page waits for one style sheet of the house, which holds all of them and is kept for ever."""

from __future__ import annotations

import re

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client

from oportuno.kernel.ui.sheets import FACES, sheet


@pytest.mark.parametrize("face", FACES)
def test_a_face_asks_for_one_sheet_and_it_holds_them_all(request_of, face):
    html = render_to_string(f"ui/{face}.html", {}, request=request_of())
    address, *others = re.findall(r'<link rel="stylesheet" href="([^"]+)">', html.partition("</head>")[0])
    assert others in ([], ["/brand.css"]), "the vertical's colours are the only other one"
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/css; charset=utf-8")
    assert "immutable" in answer["Cache-Control"]
    text = answer.content.decode()
    assert "/*" not in text
    for name in FACES[face]:
        with open(finders.find(name), encoding="utf-8") as file:
            assert set(re.findall(r"--[\w-]+(?=:)|\.[a-z][\w-]+(?= \{)", file.read())) <= set(
                re.findall(r"--[\w-]+|\.[a-z][\w-]+", text)
            ), name


def test_what_lay_beside_a_file_is_found_from_the_joined_one():
    for address in re.findall(r'url\("([^"]+)"\)', sheet("market").text):
        assert address.startswith(("/", "data:", "#")), address
        assert not address.startswith("/static/") or finders.find(address.removeprefix("/static/")), address
    assert "/static/vendor/fonts/" in sheet("market").text


def test_an_older_address_gives_what_is_true_now_for_a_minute():
    answer = Client().get("/estilos/market.0000.css")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "public, max-age=60")
    assert Client().get("/estilos/none.0000.css").status_code == 404
