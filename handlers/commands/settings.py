"""`/deal settings`: how the workspace works, and changing it."""

from collections.abc import Mapping, Sequence

from handlers import answering
from handlers.answer import Answer
from handlers.commands.reading import Runner
from handlers.currencies import currencies_of
from handlers.misreading import Misread, quoted
from handlers.request import Request
from handlers.said import channel_name
from handlers.services import Services
from handlers.slack_text import Decoded
from handlers.views import settings
from handlers.vocabulary.command import Subject
from handlers.vocabulary.stages import AUTO, HERE, LANGUAGES, MONEY, OFF, ON, SETTING_WORDS
from pipeline.letters import JSONDict
from pipeline.names import fold
from pipeline.orders import Order
from pipeline.ports import Work
from pipeline.shapes import Setting, Settle, ShowMoney
from pipeline.zones import zones


def _settings(services: Services, request: Request, rest: Decoded) -> JSONDict:
    if not rest.text:
        return answering.look(services, request, lambda work: _listed(services, request, work))
    word, value = _parted(rest.text)
    order = _order(request, rest, word, value.strip())
    body = answering.write(services, request, lambda _work: order)
    services.house.forget()
    return body


def _parted(text: str) -> tuple[str, str]:
    """The setting and what it shall be; a name of two words counts as the one that is written with a hyphen."""
    words = text.split(maxsplit=2)
    joined = "-".join(words[:2])
    if len(words) > 1 and any(_is(joined, names) for names in SETTING_WORDS.values()):
        return joined, "".join(words[2:])
    word, value = (*text.split(maxsplit=1), "", "")[:2]
    return word, value


def _listed(services: Services, request: Request, work: Work) -> Answer:
    house, texts = services.house, request.texts
    channel = work.channels.get(house.main_channel) if house.main_channel else None
    values = {
        Setting.LANGUAGE: texts.language(house.texts.locale),
        Setting.ZONE: str(house.zone),
        Setting.CURRENCY: house.currency,
        Setting.MAIN_CHANNEL: channel_name(channel) if channel else house.main_channel or texts.no_channel(),
    }
    here = work.channels.get(request.channel_id) if request.channel_id else None
    lines = [(setting, value, house.is_stored(setting)) for setting, value in values.items()]
    return settings.listed(lines, texts, money=here.shows_money if here and not here.direct else None)


def _order(request: Request, rest: Decoded, word: str, value: str) -> Order:
    if _is(word, MONEY):
        return _money(request, value)
    setting = next((each for each, names in SETTING_WORDS.items() if _is(word, names)), None)
    if setting is None:
        raise Misread(request.texts.setting_unknown(quoted(rest.spelled(word))))
    if _is(value, AUTO):
        return Settle(setting, None)
    if not value:
        raise Misread(request.texts.setting_value_missing())
    shown = quoted(rest.spelled(value))
    match setting:
        case Setting.LANGUAGE:
            return Settle(setting, _language(request, value, shown))
        case Setting.ZONE:
            return Settle(setting, _zone(request, value, shown))
        case Setting.CURRENCY:
            return Settle(setting, _currency(request, value, shown))
        case Setting.MAIN_CHANNEL:
            return Settle(setting, _channel(request, rest, value, shown))


def _is(word: str, names: Sequence[str]) -> bool:
    return fold(word) in map(fold, names)


def _money(request: Request, value: str) -> ShowMoney:
    word, _, where = value.partition(" ")
    if _is(where.strip(), HERE):
        value = word
    if request.channel_id is None or not _is(value, (*ON, *OFF)):
        raise Misread(request.texts.money_unreadable())
    return ShowMoney(request.channel_id, shown=_is(value, ON))


def _language(request: Request, value: str, shown: str) -> str:
    found = next((code for code, names in LANGUAGES.items() if _is(value, names)), None)
    if found is None:
        raise Misread(request.texts.language_unknown(shown))
    return found


def _zone(request: Request, value: str, shown: str) -> str:
    """By its full name, or by a city that stands in one name alone."""
    wanted = fold(value).replace(" ", "_")
    full = [zone for zone in sorted(zones()) if "/" in zone or zone == "UTC"]
    found = [zone for zone in full if fold(zone) == wanted] or [
        zone for zone in full if fold(zone.rpartition("/")[2]) == wanted
    ]
    if len(found) != 1:
        raise Misread(request.texts.zone_unknown(shown))
    return found[0]


def _currency(request: Request, value: str, shown: str) -> str:
    found = currencies_of(value.casefold())
    if len(found) != 1:
        raise Misread(request.texts.currency_unknown_setting(shown))
    return found[0]


def _channel(request: Request, rest: Decoded, value: str, shown: str) -> str:
    named = rest.channel(value) or (request.channel_id if _is(value, HERE) else None)
    if named is None:
        raise Misread(request.texts.main_channel_unreadable(shown))
    return named


RUNNERS: Mapping[Subject, Runner] = {Subject.SETTINGS: _settings}
