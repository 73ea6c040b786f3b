"""A whole mail of a document: MJML makes the tables that all mail programs understand, css-inline puts the styles where they look.

Done once for a bulletin, not once for a reader: `{{ fields }}` in the words stay as they are, for whoever merges them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Final

from css_inline import CSSInliner
from mjml import mjml2html

from ..document import Document
from ..sources import look_up
from .page import Page

FONTS: Final = "Segoe UI, Helvetica, Arial, sans-serif"  # none that MJML would fetch from elsewhere
DARK: Final = "@media (prefers-color-scheme: dark)"
INK, QUIET, GROUND, SHEET, LINE = "#1f2328", "#5b6470", "#f3f1ed", "#ffffff", "#dcd8d0"


@dataclass(frozen=True)
class MailLook:
    """Colours as #rrggbb. `brand` is that of buttons and links, `on_brand` of words upon it; `brand_dark` is the link's where it is dark."""

    brand: str = "#1f5f4a"
    on_brand: str = "#ffffff"
    brand_dark: str = "#8fd0b5"


@dataclass(frozen=True)
class MailFoot:
    """What stands under a bulletin: `lines` in their order, then the ways (label, address) out of it and elsewhere."""

    lines: tuple[str, ...] = ()
    ways: tuple[tuple[str, str], ...] = ()


def render_mail(
    document: Document,
    *,
    language: str,
    base: str,
    title: str,
    preheader: str = "",
    sender: str = "",
    look: MailLook = MailLook(),  # frozen
    foot: MailFoot = MailFoot(),
) -> str:
    """The HTML of a mail. `base` goes before our own addresses, `sender` stands above, `preheader` beside the subject in the inbox."""
    page = Page(language, look_up(document.needs(), language), base)
    source = "".join(
        (
            f'<mjml lang="{escape(language)}"><mj-head><mj-title>{escape(title)}</mj-title>',
            f"<mj-preview>{escape(preheader)}</mj-preview>" if preheader else "",
            _attributes(look),
            f'<mj-style>{_style(look)}{_dark(look)}</mj-style></mj-head><mj-body background-color="{GROUND}">',
            _head(sender, look),
            "\n".join(page.sections(document.blocks)),
            _foot(foot),
            "</mj-body></mjml>",
        )
    )
    return _inliner().inline(mjml2html(source)).replace(' class=""', "")


def in_the_dark(html: str) -> str:
    """The same mail as it looks where everything is dark."""
    return html.replace(DARK, "@media all")


@cache
def _inliner() -> CSSInliner:
    return CSSInliner(keep_style_tags=False, keep_at_rules=True, load_remote_stylesheets=False)


def _attributes(look: MailLook) -> str:
    return (
        f'<mj-attributes><mj-all font-family="{FONTS}" /><mj-text color="{INK}" font-size="16px" line-height="1.55" padding="0 28px 4px" />'
        f'<mj-section background-color="{SHEET}" padding="14px 0 8px" css-class="sheet" />'
        f'<mj-button background-color="{look.brand}" color="{look.on_brand}" border-radius="8px" font-size="16px" font-weight="600"'
        ' inner-padding="13px 24px" align="left" padding="8px 28px 18px" />'
        f'<mj-class name="outlined" background-color="{SHEET}" color="{look.brand}" border="1px solid {look.brand}" />'
        '<mj-image padding="8px 28px 14px" fluid-on-mobile="true" align="left" border-radius="8px" />'
        f'<mj-table color="{INK}" font-size="15px" line-height="1.5" padding="4px 28px 14px" />'
        f'<mj-divider border-color="{LINE}" border-width="1px" padding="14px 28px" /></mj-attributes>'
    )


def _style(look: MailLook) -> str:
    return (
        "p,ul,ol,blockquote{margin:0 0 12px}h2{margin:10px 0 8px;font-size:24px;line-height:1.25}"
        "h3{margin:8px 0 6px;font-size:19px;line-height:1.3}h4{margin:8px 0 4px;font-size:16px}"
        f"a{{color:{look.brand}}}ul,ol{{padding-left:22px}}li{{margin:0 0 6px}}"
        f"blockquote{{padding-left:14px;border-left:3px solid {look.brand};color:{QUIET};font-style:italic}}"
        ".lead p{font-size:18px}"
        f".caption p{{font-size:13px;color:{QUIET}}}"
        f".figures th,.figures td{{text-align:left;vertical-align:top;padding:7px 12px 7px 0;border-bottom:1px solid {LINE}}}"
        ".figures th{font-weight:600}"
        f".code pre{{margin:0 0 12px;padding:12px 14px;background:{GROUND};border-radius:8px;white-space:pre-wrap;overflow-wrap:anywhere;font-size:14px}}"
        ".card-picture{padding:0 18px 0 0;vertical-align:top}.card-picture img,.tile img{display:block;width:100%;height:auto;border-radius:8px}"
        ".card-words{vertical-align:top}.card-words h3{margin:0 0 4px;font-size:18px}.card-words h3 a{color:inherit;text-decoration:none}"
        f".card-words p{{margin:0 0 6px;font-size:15px}}.card-words .card-note{{font-weight:600}}.card-way a{{font-weight:600;text-decoration:none;color:{look.brand}}}"
        f".tile{{padding:0 8px 8px 0;vertical-align:top}}.tile p{{font-size:13px;color:{QUIET};margin:4px 0 0}}"
        f".said-face{{padding:0 16px 0 0;vertical-align:top}}.said-face img{{display:block;border-radius:32px;object-fit:cover}}"
        f".said-words p{{margin:0 0 4px;font-size:17px;line-height:1.45}}.said-words .said-by{{font-size:14px;color:{QUIET}}}"
        ".name p{font-size:15px;font-weight:700;letter-spacing:.01em;margin:0}"
        f".foot p{{font-size:12.5px;line-height:1.5;color:{QUIET};margin:0 0 6px}}.foot a{{color:{QUIET}}}"
    )


def _dark(look: MailLook) -> str:
    return (
        f"{DARK}{{body,body>div{{background-color:#14171a !important}}.sheet,.sheet>table{{background:#1e2226 !important;"
        "background-color:#1e2226 !important}.sheet p,.sheet li,.sheet h2,.sheet h3,.sheet h4,.sheet td,.sheet th,.sheet div{color:#e8e6e1 !important}"
        f".sheet p a,.sheet li a,.sheet h2 a,.sheet h3 a{{color:{look.brand_dark} !important}}"
        f".outlined td,.outlined a{{background:#1e2226 !important;color:{look.brand_dark} !important}}.outlined td{{border-color:{look.brand_dark} !important}}"
        f".sheet .card-way a{{color:{look.brand_dark} !important}}.sheet .card-words h3 a{{color:#e8e6e1 !important}}"
        ".sheet .figures th,.sheet .figures td{border-color:#3a4046 !important}.sheet .code pre{background:#14171a !important;color:#e8e6e1 !important}"
        '.sheet p[style*="border-top"]{border-top-color:#3a4046 !important}.sheet .said-by,.sheet .tile p,.sheet .caption p{color:#a9b0b7 !important}'
        ".name,.name>table,.foot,.foot>table{background:#14171a !important;background-color:#14171a !important}"
        ".foot p,.foot a,.name p{color:#a9b0b7 !important}}"
        "@media (max-width:480px){.card-picture,.card-words{display:block !important;width:100% !important;padding-right:0 !important}"
        ".card-picture{padding-bottom:10px !important}}"
    )


def _head(sender: str, look: MailLook) -> str:
    """Who writes, and a line in the vertical's colour above the sheet."""
    line = f'<mj-section background-color="{look.brand}" css-class="line" padding="0"><mj-column><mj-spacer height="4px" /></mj-column></mj-section>'
    if not sender:
        return line
    return (
        f'<mj-section background-color="{GROUND}" css-class="name" padding="18px 0 10px"><mj-column><mj-text color="{QUIET}">'
        f"<p>{escape(sender)}</p></mj-text></mj-column></mj-section>{line}"
    )


def _foot(foot: MailFoot) -> str:
    lines = "".join(f"<p>{escape(line)}</p>" for line in foot.lines if line)
    ways = " · ".join(f'<a href="{escape(address)}">{escape(label)}</a>' for label, address in foot.ways)
    if not lines and not ways:
        return ""
    return (
        f'<mj-section background-color="{GROUND}" css-class="foot" padding="18px 0 28px"><mj-column><mj-text color="{QUIET}">{lines}'
        f"{f'<p>{ways}</p>' if ways else ''}</mj-text></mj-column></mj-section>"
    )
