"""Bounces that are written for people only: whom they name, and what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from oportuno.people.messaging.rules.incoming.addresses import ADDRESS, address_in, addresses_in, clean, is_robot
from oportuno.people.messaging.rules.incoming.opening import Opened, headers_in
from oportuno.people.messaging.rules.incoming.reasons import UNDEFINED, enhanced_code, is_hard, reason_of
from oportuno.people.messaging.rules.incoming.shapes import Row

ROBOT_NAMES = re.compile(
    r"mail(?:er)?[-_. ]?d[ae]{1,2}mon|mail[- .]?delivery|mail (?:admin|system|router)|post ?master|system administrator|mdaemon|delivery (?:subsystem|system|agent|notif)|\bmmsc\b|mail deliver|message transfer|no-?reply@(?:\S*\.)?(?:mail|mta|mx)|bounce|undeliver|entrega de correo|sistema de correo|administrador del sistema|microsoft outlook|microsoft exchange|inter(?:net )?mail|mail[- ]?server|mta@",
    re.I,
)
NO_REPLY = re.compile(r"no[-_.]?reply@|do[-_.]?not[-_.]?reply@|automat", re.I)
SUBJECTS = re.compile(
    r"undeliver|un-?deliver|not deliver|non[- ]?deliver|fail\S* (?:notice|delivery|deliver)|deliver\S* (?:\S+ ){0,3}(?:fail|problem|error|status|notif|report|delay)|returned (?:e-?)?mail|mail (?:\S+ )?(?:return|fail|problem|error|could not|is undeliver|system error)|message (?:\S+ )?(?:delay|status|undeliver|not deliver|failure|could not)|could not (?:be )?(?:deliver|send)|couldn.t be delivered|cannot be delivered|unable to deliver|bounce|rejected (?:mail|message|posting)|warning: (?:could not|message|e-?mail)|nondeliver|delivery has failed|mail status|nicht zustellbar|unzustellbar|zustell|rückläufer|unzustellbarkeit|non (?:remis|distribu|délivr)|échec (?:de la )?(?:remise|livraison|distribution)|non recapitabile|mancato recapito|no (?:se )?(?:pudo|puede|ha podido|fue posible|ha sido) (?:\S+ )?entreg|no entregad|entrega (?:fallida|de)|error (?:de|en la) entrega|fall[oó] (?:en|de) (?:la )?entrega|devuelto|mensaje devuelto|estado de (?:la )?entrega|n[aã]o (?:foi )?(?:poss[ií]vel )?entreg|falha (?:na|de) entrega|devolvid|failure notice|bad (?:e-?mail )?address|user unknown|address unknown|virus (?:found|alert)|nondeliverable|notice: mail delivery|mail delivery|smtp server: errors|error(?:s)? (?:from|sending)|エラー通知|配信(?:不能|エラー|できま)|送信(?:できま|エラー|失敗)|退信|недоставлен|не доставлен|невозможно доставить|ошибка доставки",
    re.I,
)
SAYS_SO = re.compile(
    r"(?:could|can|was|were|did|has|have|is|are|be)(?: ?not|n.t)(?: \S+){0,4} (?:deliver|reach|sent|receiv)|undeliver|deliver\S*(?: \S+){0,6} fail|fail\S*(?: \S+){0,6} deliver|permanent (?:fatal )?(?:error|failure)|returned to (?:the )?sender|delivery (?:error|failure|problem)|(?:unable|error \S+|failed|error trying) (?:to )?(?:deliver|send)|not delivered|problem deliver|no se (?:pudo|puede|ha podido|logr[oó]) entreg|no (?:fue|ha sido|pudo ser) (?:posible )?entreg|n[aã]o (?:p[oô]de|foi|pode) (?:\S+ ){0,2}entreg|nicht (?:\S+ ){0,3}zugestellt|n.a (?:pas )?(?:pu|été) (?:\S+ ){0,2}(?:remis|délivr|distribu|livr)|konnte nicht|non (?:è stato|può essere) (?:\S+ ){0,2}(?:recapit|consegn)|user unknown|unknown user|mailbox is full|unknown recipient|delayed|did not reach|no valid recipients|undelivered|transcript of session follows|送信できませ|配信できませ|не (?:было |может быть )?доставлен",
    re.I,
)
TECHNICAL = re.compile(
    r"\b[45]\.\d\.\d{1,3}\b|(?:said|error|returned|:|#|<<<)\s*[45]\d\d[ -]|mailer-daemon|reporting-mta|transcript of session|below this line|original (?:message|headers)|^[ \t>]*(?:received|return-path) ?:|mail (?:delivery|transport) (?:system|agent|software)|smtp|rcpt to|no valid recipients",
    re.I | re.M,
)
DELAY = re.compile(
    r"warning message only|(?:do not|don.t|no) need to (?:re-?send|do anything|take)|will (?:continue|keep|be retried|retry|try again|attempt)|still (?:being tried|trying|awaiting)|has not yet been delivered|not yet been delivered|no action is required|(?:message|delivery|mail|e-?mail)(?: \S+){0,3} (?:is |was |been |has been )?delayed|temporarily delayed|delivery attempts will continue|(?:se )?(?:seguir[aá]|continuar[aá]) intentand|se (?:volver[aá] a )?(?:re)?intentar[aá]|no es necesario que (?:lo )?(?:reenv|vuelva)|ser[aá] (?:re)?tentad|continuaremos tentando|weiter(?:hin)? versucht|wird (?:\S+ )?erneut|zustellung (?:\S+ )?verzögert|sera (?:re)?tent|retard[ée]e?\b|nouvelle tentative",
    re.I,
)
GIVEN_UP = re.compile(
    r"giv(?:en|ing) up|gave up|permanent|no further attempts|not going to try|has been removed from the (?:mail )?queue|will not (?:be )?re?tr",
    re.I,
)
RETURNED = re.compile(
    r"^[ \t>*=#|_-]*(?:(?:below|after) this line (?:is|are)|this is a copy of|original (?:message|mail|headers|text)\b|(?:the )?(?:original |returned |following )?(?:message|mail)(?:'s)? headers?\b(?: follow)?|(?:start of|begin) (?:returned|original|forwarded message)|returned message|headers? (?:follow|of)|message (?:text|contents?) follow|unsent message|attach(?:ed|ment) is a copy|a copy of (?:the|your)|your (?:original )?message (?:follows|reads)|message header|copy of (?:the )?(?:original |your )?message|undelivered message|forwarded message|text of (?:the )?message|mensaje original|contenido del mensaje|encabezados? (?:del mensaje|originales)|mensagem original|originalnachricht|ursprüngliche nachricht|kopie der nachricht|message d.origine|-{3,} ?message)[^\n@]{0,120}$",
    re.I | re.M,
)
HEADERS_AT = re.compile(r"^(?:received|return-path|x-[\w-]+|message-id|dkim-signature|mime-version) ?:", re.I | re.M)
A = r"[^\s<>\"@;,()\[\]]{1,64}@[^\s<>\"@;,()\[\]]{3,253}"
ALONE = re.compile(
    rf"^[ \t>*•·.-]*(?:\[?smtp:)?[<\"'(\[]*({A})[>\"')\]]*(?:[ \t]*(?:\.{{3}}|:|;|,|\.|-|failed|undeliverable))?[ \t]*$", re.I
)
AT_START = re.compile(rf"^[ \t>*•·-]*[<\"']({A})[>\"']+ ?(?::|\.\.\.|\(|,|;|-|was|is|could|on\b|[A-Z]|failed)", re.I)
PLAIN_START = re.compile(
    rf"^[ \t>*•·-]*({A}?)(?::(?: |$)|,? ?\.\.\.| on \w{{3}}, | ?\(|: | (?:error|was|could|cannot|unknown|user|no such|is|failed|reason|does)\b|[ \t]+-[ \t])",
    re.I,
)
NAMED = re.compile(
    rf"(?<![\w.])(?:recipient(?: address)?s?|(?:failed|bad|invalid|unknown) (?:address|recipient|user)(?:es|s)?|(?:mail|message|delivery|deliver\S*|e-?mail|sent|send|undeliverable|unable to deliver) to(?: the following (?:address|recipient)\S*)?|(?:delivering|deliver) (?:your|the) (?:mail|message) to|(?:user|mailbox|account|address|addressee)(?:'s)?(?: is full)?|destinatari[oa]s?|direcci[oó]n(?: de correo)?|endere[çc]o|empf(?:ä|ae)nger|destinataires?|adresse|usuario|cuenta|for|rcpt to|to)(?=[ \t:=<\"'(\[-])[ \t]*(?:is|:|=|->)?[ \t]*(?:\[?smtp:|rfc822;|e-?mail:)?[ \t]*[<\"'(\[]*({A})",
    re.I,
)
SENDERS = re.compile(rf"(?:from|sender|by|contact|reply to|abuse|mailto:|envelope-from|postmaster)[ \t:=<(\[\"']{{1,4}}{A}", re.I)
TO_LINE = re.compile(rf"^[ \t>]*(?:to|para|an|à|a|recipient|intended recipient|original recipient)[ \t]*:[^\n]{{0,200}}?({A})", re.I | re.M)
ANSWER = re.compile(r"^[ \t>]*(?:<<<|[45]\d\d[ -]|.{0,60}\b[45]\d\d[ -][45]\.\d\.\d)", re.I)
LOCAL_ALONE = re.compile(r"^[ \t]+<?([A-Za-z0-9][\w.+-]{1,63})>?(?:[ \t]{2,}\S.*)?$")
ABOUT_RECIPIENTS = re.compile(r"(?:recipient|address|user|destinatari|direccion|following)\S*(?: \S+){0,12}:? *$", re.I)


def is_bounce(mail: Opened) -> bool:
    """Whether a machine says here that something was not delivered."""
    if mail.header("x-failed-recipients") or ("delivery" in mail.report_type and mail.content_type == "multipart/report"):
        return True
    sender, subject = mail.header("from"), mail.header("subject")
    robot = _is_robot(mail, sender)
    says = bool(SAYS_SO.search(mail.text[:8000]))
    if robot:
        return bool(SUBJECTS.search(subject)) or says
    answered = re.match(r"\s*(?:re|aw|rv|sv)\s*:", subject, re.I)
    if mail.original and says and not answered and NO_REPLY.search(sender):
        return True
    if mail.header("list-id") or mail.header("list-unsubscribe"):
        return False
    return bool(SUBJECTS.search(subject)) and says and not answered and (bool(mail.original) or bool(TECHNICAL.search(mail.text[:8000])))


def rows_in(mail: Opened) -> list[Row]:
    """Each recipient that the text says was not reached."""
    text, rest = _own_words(mail.text)
    lines = text.split("\n")[:1500]
    ours = {
        one.lower()
        for name in ("to", "from", "return-path", "reply-to", "delivered-to", "sender", "cc")
        for v in mail.headers.get(name, ())
        for one in addresses_in(v)
    }
    found = _whom(mail, lines, text, rest, ours)
    delayed = bool(DELAY.search(text)) and not GIVEN_UP.search(text)
    return [_row(address, text, lines, found, delayed) for address in found]


def _is_robot(mail: Opened, sender: str) -> bool:
    path = mail.header("return-path").strip()
    return (
        bool(ROBOT_NAMES.search(sender))
        or is_robot(address_in(sender))
        or sender.strip() in ("", "<>")
        or path == "<>"
        or "mailer-daemon" in path.lower()
    )


def _own_words(text: str) -> tuple[str, str]:
    """The text before the returned mail, and the returned mail."""
    places = [m.start() for m in (RETURNED.search(text), HEADERS_AT.search(text)) if m and m.start() > 20]
    cut = min((p for p in places if SAYS_SO.search(text[:p]) or addresses_in(text[:p])), default=len(text))
    return text[:cut], text[cut:]


def _whom(mail: Opened, lines: list[str], text: str, rest: str, ours: set[str]) -> list[str]:
    """By falling certainty; the first kind of place that names anybody is believed."""
    ways = (
        lambda: [one for value in mail.headers.get("x-failed-recipients", ()) for one in addresses_in(value)],
        lambda: list(_at_starts(lines)),
        lambda: [m.group(1) for line in lines for m in NAMED.finditer(line)],
        lambda: [one for line in lines if ANSWER.match(line) for one in addresses_in(line)],
        lambda: list(_locals(mail, lines)),
        lambda: addresses_in(SENDERS.sub(" ", text)),
        lambda: _of_original(mail, rest),
    )
    for way in ways:
        found = _kept(way(), ours if way is not ways[0] and way is not ways[6] else set())
        if found:
            return found[:200]
    return []


def _kept(found: list[str], ours: set[str]) -> list[str]:
    known: dict[str, str] = {}
    for one in found:
        address = address_in(clean(one))
        if address and ADDRESS.fullmatch(address) and not is_robot(address) and address.lower() not in ours:
            known.setdefault(address.lower(), address)
    return list(known.values())


def _at_starts(lines: list[str]) -> Iterator[str]:
    for line in lines:
        for pattern in (ALONE, AT_START, PLAIN_START):
            if found := pattern.match(line):
                yield found.group(1)
                break


def _locals(mail: Opened, lines: list[str]) -> Iterator[str]:
    """A receiver that names only the part before the @: it means its own domain."""
    domain = address_in(mail.header("from")).rpartition("@")[2]
    asked = False
    for line in lines:
        if asked and domain and (found := LOCAL_ALONE.match(line)):
            yield f"{found.group(1)}@{domain}"
        elif line.strip():
            asked = bool(ABOUT_RECIPIENTS.search(line)) or line.rstrip().endswith(":")


def _of_original(mail: Opened, rest: str) -> list[str]:
    """To whom the returned mail was; only when that was one."""
    heads = mail.original or headers_in(rest.lstrip())
    found = [
        one for name in ("x-original-to", "to", "x-rcpt-to", "delivered-to") for value in heads.get(name, ()) for one in addresses_in(value)
    ]
    found = found or [m.group(1) for m in TO_LINE.finditer(mail.text)]
    return found if len({one.lower() for one in found}) == 1 else []


def _row(address: str, text: str, lines: list[str], all_found: list[str], delayed: bool) -> Row:
    told = told_of(address, lines, all_found) if len(all_found) > 1 else told_of(address, lines, all_found) + " " + text[:3000]
    status = enhanced_code(told)
    reason = reason_of(told, status)
    if reason == UNDEFINED:
        reason = reason_of(text[:3000], enhanced_code(text[:3000]))
    if delayed and reason == UNDEFINED:
        reason = "expired"
    return Row(address, is_hard(reason, status=status, told=told, delayed=delayed), status, reason, delayed, " ".join(told.split())[:300])


def told_of(address: str, lines: list[str], others: list[str]) -> str:
    """The lines from the address to the next one's, without the addresses themselves."""
    small, kept, reading = address.lower(), [], False
    rivals = [one.lower() for one in others if one.lower() != small]
    for line in lines:
        low = line.lower()
        if small in low:
            reading = True
        elif reading and any(one in low for one in rivals):
            reading = False
        if reading:
            kept.append(re.sub(re.escape(address), " ", line, flags=re.I))
        if len(kept) > 12:
            break
    return "\n".join(kept)
