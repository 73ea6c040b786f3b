"""Feeds as others write them."""

from __future__ import annotations

from collections.abc import Sequence

CHANNEL = "UC" + "a" * 22


def youtube(films: Sequence[tuple[str, str]], thumbs: str = "https://i.ytimg.com/vi") -> str:
    """YouTube's Atom: (id, title) of each film."""
    entries = "".join(
        f"""<entry><id>yt:video:{film}</id><yt:videoId>{film}</yt:videoId><yt:channelId>{CHANNEL}</yt:channelId><title>{title}</title>
        <link rel="alternate" href="https://www.youtube.com/watch?v={film}"/><author><name>Alba TV</name></author>
        <published>2031-05-0{n % 9 + 1}T10:00:00+00:00</published><media:group><media:title>{title}</media:title>
        <media:thumbnail url="{thumbs}/{film}/hqdefault.png" width="480" height="360"/><media:description>Cómo se hace.</media:description>
        </media:group></entry>"""
        for n, (film, title) in enumerate(films)
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?><feed xmlns:yt="http://www.youtube.com/xml/schemas/2015"
    xmlns:media="http://search.yahoo.com/mrss/" xmlns="http://www.w3.org/2005/Atom"><id>yt:channel:{CHANNEL}</id><title>Alba TV</title>
    <link rel="alternate" href="https://www.youtube.com/channel/{CHANNEL}"/>{entries}</feed>"""


def blog(entries: Sequence[tuple[str, str]], *, hub: str = "", topic: str = "", title: str = "Blog de rosas") -> str:
    """Atom: (address, title) of each entry."""
    links = (f'<link rel="hub" href="{hub}"/>' if hub else "") + (f'<link rel="self" href="{topic}"/>' if topic else "")
    told = "".join(
        f'<entry><id>{address}</id><title>{said}</title><link href="{address}"/><updated>2031-05-01T10:00:00Z</updated></entry>'
        for address, said in entries
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>{title}</title>{links}{told}</feed>'


def podcast(episodes: Sequence[tuple[str, str]]) -> str:
    """RSS 2.0 with enclosures: (address of the sound, title) of each episode."""
    told = "".join(
        f'<item><guid>{sound}</guid><title>{title}</title><enclosure url="{sound}" type="audio/mpeg" length="1"/>'
        "<pubDate>Sat, 10 May 2031 10:00:00 GMT</pubDate></item>"
        for sound, title in episodes
    )
    return f'<rss version="2.0"><channel><title>Voz de las flores</title><link>https://example.com/</link>{told}</channel></rss>'
