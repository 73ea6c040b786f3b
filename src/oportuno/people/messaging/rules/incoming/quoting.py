"""What somebody answered, without the mail he answered to, his signature, or "sent from my phone"."""

from __future__ import annotations

import re

from oportuno.people.messaging.rules.incoming.opening import Opened, words_of_html

ATTRIBUTION = re.compile(
    r"^[ \t]*(?:on\b[^\n]{4,300}?\bwrote|el\b[^\n]{4,300}?\bescribi[oó]|em\b[^\n]{4,300}?\bescreveu|am\b[^\n]{4,300}?\bschrieb\b[^\n]{0,120}|le\b[^\n]{4,300}?\b[aà] [ée]crit|il\b[^\n]{4,300}?\bha scritto|op\b[^\n]{4,300}?\bschreef\b[^\n]{0,120}|den\b[^\n]{4,300}?\bskrev\b[^\n]{0,120}|\d[^\n]{4,200}?(?:wrote|escribi[oó]|escreveu|schrieb|[aà] [ée]crit|написал\S*|пишет)|[^\n]{0,120}<[^\s<>@]+@[^\s<>]+>[^\n]{0,60}(?:wrote|escribi[oó]|escreveu|schrieb|[aà] [ée]crit|написал\S*|:)|[^\n]{0,200}\d{1,2}:\d\d[^\n]{0,120}<[^\s<>@]+@[^\s<>]+>[^\n]{0,60})[ \t ]*:?[ \t]*$",
    re.I,
)
BEGINS = re.compile(r"^[ \t]*(?:on|el|em|am|le|il|op|den|\d)\b", re.I)
RULER = re.compile(
    r"^[ \t>*_-]*(?:original message|mensaje original|mensagem original|urspr(?:ü|ue)ngliche nachricht|originalnachricht|message d.origine|messaggio originale|oorspronkelijk bericht|forwarded message|mensaje reenviado|mensagem encaminhada|weitergeleitete nachricht|message transf[ée]r[ée]|begin forwarded message|reply above this line|responde? (?:por )?encima de esta l[ií]nea)[ \t:*_-]*$|^_{10,}[ \t]*$",
    re.I,
)
HEAD = re.compile(r"^[ \t>*]*\*?(?:from|de|von|da|van|from|expéditeur|remitente)[ \t]*:\*?[ \t]*\S", re.I)
NEXT_HEADS = re.compile(
    r"^[ \t>*]*\*?(?:sent|to|subject|date|cc|enviado(?: el)?|para|asunto|fecha|enviada(?: em)?|assunto|data|gesendet|an|betreff|datum|envoy[ée]|à|objet|inviato|oggetto|verzonden|onderwerp)[ \t]*:\*?",
    re.I,
)
SIGNATURE = re.compile(
    r"^(?:-- ?|—|–{1,2}|_{2,9}|-{2})$|^[ \t]*(?:sent from (?:my|mail|yahoo|outlook|samsung|proton)|sent with|get outlook for|enviado (?:desde|do|de) (?:mi|meu|mail|correo|outlook|yahoo|samsung|il mio)|obtener outlook|von meinem \S+ gesendet|gesendet (?:von|mit)|envoy[ée] (?:de(?:puis)?) mon|inviato da(?:l mio)?|verstuurd vanaf)\b[^\n]{0,80}$",
    re.I,
)
QUOTE_IN_HTML = re.compile(
    r"<(?:blockquote\b|div[^<>]{0,300}(?:class|id)=[\"']?(?:[\w -]{0,60})(?:gmail_quote|gmail_extra|yahoo_quoted|yahoo-quoted|moz-cite-prefix|protonmail_quote|zmail_extra|divRplyFwdMsg|appendonsend|ms-outlook-mobile-reference|x_gmail_quote|reply-intro)|hr[^<>]{0,200}id=[\"']?stopSpelling)",
    re.I,
)
LONGEST = 20_000


def reply_in(mail: Opened) -> str:
    """What its writer wrote himself. When nothing would be left, all of it."""
    whole = mail.text
    if not whole.strip() and mail.html:
        whole = words_of_html(mail.html)
    found = without_quotes(whole)
    if mail.html and (cut := QUOTE_IN_HTML.search(mail.html)):
        from_html = without_quotes(words_of_html(mail.html[: cut.start()]))
        if from_html and len(from_html) < len(found):
            found = from_html
    return (found or without_signature(whole.strip()))[:LONGEST]


def without_quotes(text: str) -> str:
    """Plain text down to where the quoted mail begins, without the lines quoted in between, nor the signature.

    Who writes below the quote begins with it; then only the quoted lines and the one above them go.
    """
    lines = text.split("\n")
    kept: list[str] = []
    skipped = 0
    for at, line in enumerate(lines):
        if at < skipped:
            continue
        if wide := _begins_old(lines, at):
            if not any(one.strip() for one in kept) and _goes_on(lines[at + wide :]):
                skipped = at + wide
                continue
            break
        if line.lstrip(" \t").startswith(">"):
            while kept and not kept[-1].strip():
                kept.pop()
            if kept and kept[-1].strip() and ATTRIBUTION.match(_joined(kept[-2:])):
                break
            kept.append("")
            continue
        kept.append(line)
    return without_signature("\n".join(kept).strip())


def without_signature(text: str) -> str:
    lines = text.split("\n")
    for at, line in enumerate(lines):
        if at and SIGNATURE.match(line.strip() if line.strip() != "--" else "--"):
            return _squeezed(lines[:at])
    return _squeezed(lines)


def _begins_old(lines: list[str], at: int) -> int:
    """How many lines here say that the quoted mail comes next; 0 where none does."""
    line = lines[at]
    if RULER.match(line):
        return 1
    if HEAD.match(line) and any(NEXT_HEADS.match(one) for one in lines[at + 1 : at + 4]):
        return 1
    for wide in (1, 2, 3):  # attribution lines are folded by many programs
        window = lines[at : at + wide]
        if wide > 1 and not (BEGINS.match(line) and all(one.strip() for one in window)):
            break
        joined = _joined(window)
        if len(joined) <= 500 and ATTRIBUTION.match(joined) and _followed(lines, at + wide, joined):
            return wide
    return 0


def _goes_on(lines: list[str]) -> bool:
    """Whether a quote with its marks comes next, and after it somebody's own words."""
    written = [one.lstrip(" \t") for one in lines if one.strip()]
    return bool(written) and written[0].startswith(">") and any(not one.startswith(">") for one in written)


def _followed(lines: list[str], after: int, attribution: str) -> bool:
    """A quote comes next, or the attribution is plain enough by itself."""
    rest = next((one for one in lines[after:] if one.strip()), "")
    return rest.lstrip().startswith((">", "|")) or (attribution.rstrip().endswith(":") and bool(re.search(r"\d", attribution)))


def _joined(lines: list[str]) -> str:
    return " ".join(one.strip() for one in lines)


def _squeezed(lines: list[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip()
