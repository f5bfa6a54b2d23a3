"""What Slack does to typed text before an app sees it (`should_escape`, and all messages)."""

import re
from collections.abc import Callable

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
