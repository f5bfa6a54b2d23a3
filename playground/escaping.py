"""What Slack does to typed text before an app sees it (`should_escape`, and all messages)."""

import html
import re
from collections.abc import Callable

from playground.words import Json

_URL = re.compile(r"https?://[^\s<>|]+")
_DOMAIN = re.compile(r"(?<![\w@./&-])(?:[\w-]+\.)+(?:com|org|net|de|io|eu)(?:/[^\s<>|]*)?(?![\w.])")
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_TRAILING = ".,;:!?)"
_AT = re.compile(r"(?<![\w@])@([\w.-]*\w)")
_HASH = re.compile(r"(?<![\w&#])#([\w-]+)")
_TOKEN = re.compile(r"(<[^<>]*>)")

Finder = Callable[[str], str]


def escaped(text: str, *, person: Finder, channel: Finder) -> str:
    """Entities first, then links, then names; `person` and `channel` give an id or nothing."""
    entities = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    linked = _outside(entities, lambda plain: _URL.sub(_link, plain))
    linked = _outside(linked, lambda plain: _MAIL.sub(r"<mailto:\g<0>|\g<0>>", plain))
    linked = _outside(linked, lambda plain: _DOMAIN.sub(_bare_link, plain))
    linked = _outside(linked, lambda plain: _AT.sub(lambda m: _mention(m, person), plain))
    return _outside(linked, lambda plain: _HASH.sub(lambda m: _channel(m, channel), plain))


def leaves(text: str) -> list[Json]:
    """Escaped text as the elements of a rich_text_section, as Slack shows what people write."""
    parts = (part for part in _TOKEN.split(text) if part)
    return [_leaf(part[1:-1]) if part.startswith("<") else _words(part) for part in parts]


def _leaf(token: str) -> Json:
    target, _, label = token.partition("|")
    if target.startswith("@"):
        return {"type": "user", "user_id": target[1:]}
    if target.startswith("#"):
        return {"type": "channel", "channel_id": target[1:]}
    link: Json = {"type": "link", "url": html.unescape(target)}
    return {**link, "text": html.unescape(label)} if label else link


def _words(text: str) -> Json:
    return {"type": "text", "text": html.unescape(text)}


def _outside(text: str, change: Callable[[str], str]) -> str:
    parts = _TOKEN.split(text)
    return "".join(part if part.startswith("<") else change(part) for part in parts)


def _link(found: re.Match[str]) -> str:
    address = found.group().rstrip(_TRAILING)
    return f"<{address}>{found.group()[len(address) :]}"


def _bare_link(found: re.Match[str]) -> str:
    address = found.group().rstrip(_TRAILING)
    return f"<http://{address}|{address}>{found.group()[len(address) :]}"


def _mention(found: re.Match[str], person: Finder) -> str:
    known = person(found.group(1))
    return f"<@{known}>" if known else found.group()


def _channel(found: re.Match[str], channel: Finder) -> str:
    known = channel(found.group(1))
    return f"<#{known}>" if known else found.group()
