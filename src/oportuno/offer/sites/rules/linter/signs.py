"""Words by which one hears who speaks, to whom, and whether he sells. Spanish and English, lower case."""

from __future__ import annotations

import re

SECOND_PERSON = frozenset(
    [
        "tú",
        "tu",
        "tus",
        "te",
        "ti",
        "contigo",
        "vos",
        "usted",
        "ustedes",
        "tuyo",
        "tuya",
        "tuyos",
        "tuyas",
        "puedes",
        "tienes",
        "quieres",
        "necesitas",
        "sabes",
        "debes",
        "haces",
        "vas",
        "eres",
        "estás",
        "hazlo",
        "prueba",
        "recuerda",
        "evita",
        "imagina",
        "piensa",
        "cuéntame",
        "cuéntanos",
        "you",
        "your",
        "yours",
        "yourself",
    ]
)
FIRST_PERSON = frozenset(
    ["yo", "mi", "mis", "me", "conmigo", "mío", "mía", "creo", "pienso", "opino", "recuerdo", "i", "my", "me", "mine", "myself"]
)
CORPORATE = (
    "nuestra empresa", "nuestra compañía", "nuestra organización", "somos líderes", "empresa líder", "líderes en", "soluciones integrales",
    "altos estándares", "amplia trayectoria", "a la vanguardia", "our company", "we are leaders", "leading company", "leading provider",
    "integral solutions", "world class", "world-class", "best in class",
)  # fmt: skip
SELLING = re.compile(
    r"\b(?:compra(?:r|lo|la|los|las)? (?:ya|ahora|hoy|aquí)|cómpra(?:lo|la|los|las)|c[oó]mprenos|compre (?:ya|ahora|hoy)|ofertas?|descuentos?|"
    r"promoci[oó]n(?:es)?|rebajas?|liquidaci[oó]n|aprovecha|últimas unidades|precios? (?:especial(?:es)?|desde|baj[oa]s?)|env[ií]o gratis|"
    r"pedidos? (?:al|por)|cotiza(?:r|ción)? (?:ya|ahora|hoy|aquí)|(?:buy|order|shop) (?:now|today|here)|discounts?|special offers?|on sale|"
    r"free shipping|limited time|best price|\d+ ?% (?:de descuento|off))\b|[$€] ?\d|\b(?:cop|usd|mxn) ?\d",
    re.IGNORECASE,
)
BUY_BUTTON = re.compile(
    r"\b(?:compra|comprar|cómpra\w*|pedir|pide|ordena|añadir al carrito|carrito|buy|order|shop|add to cart|cart)\b", re.IGNORECASE
)
SELLING_BLOCKS = frozenset({"product", "products", "offer", "price", "cart"})
CONTACT_BLOCKS = frozenset({"form", "map", "seller"})
CONTACT_ADDRESS = re.compile(
    r"^(?:mailto:|tel:|https?://(?:wa\.me|api\.whatsapp\.com|t\.me)/)|/preguntar/|contact|formulario", re.IGNORECASE
)
VAGUE = frozenset(
    [
        "aquí",
        "acá",
        "clic aquí",
        "haz clic aquí",
        "haga clic aquí",
        "click aquí",
        "pulsa aquí",
        "leer más",
        "ver más",
        "más",
        "este enlace",
        "enlace",
        "link",
        "este link",
        "here",
        "click here",
        "read more",
        "more",
        "this link",
        "learn more",
        "see more",
    ]
)
MONTHS = (
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|"
    "january|february|march|april|june|july|august|september|october|november|december"
)
DATES = re.compile(
    rf"\b\d{{4}}-\d{{2}}-\d{{2}}\b|\b\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b|\b\d{{1,2}}(?:º|st|nd|rd|th)? (?:de )?(?:{MONTHS})\b|"
    rf"\b(?:{MONTHS}) \d{{1,2}}\b|\b(?:esta semana|este mes|este año|próxim[oa] (?:semana|mes|lunes|martes|miércoles|jueves|viernes|sábado|domingo)|"
    r"ayer|mañana|this week|this month|this year|next (?:week|month)|yesterday|tomorrow)\b",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"^(?:https?://|www\.)", re.IGNORECASE)
