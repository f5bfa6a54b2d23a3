"""Settings from the environment and `.env`: read once, all problems named at once, secrets never shown."""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from typing_extensions import override

from pipeline.money import is_currency
from pipeline.zones import zones


class Misconfigured(Exception):  # noqa: N818 - said line by line at start
    """Each problem is a sentence with an example."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def _stripped(value: Any) -> Any:  # noqa: ANN401 - whatever the environment holds
    return value.strip() if isinstance(value, str) else value


def _lowered(value: Any) -> Any:  # noqa: ANN401 - as above
    return value.strip().lower() if isinstance(value, str) else value


def _raised(value: Any) -> Any:  # noqa: ANN401 - as above
    return value.strip().upper() if isinstance(value, str) else value


def _token(prefix: str, other: Mapping[str, str]) -> AfterValidator:
    def check(secret: SecretStr | None) -> SecretStr | None:
        if secret is None:
            return None
        given = secret.get_secret_value()
        for wrong, name in other.items():
            if given.startswith(wrong):
                raise ValueError(f"this is {name}, expected one that begins with {prefix}")
        if not given.startswith(prefix) or not given.isascii() or " " in given:
            raise ValueError(f"expected a token that begins with {prefix}")
        return secret

    return AfterValidator(check)


def _signing_secret(secret: SecretStr | None, others: ValidationInfo) -> SecretStr | None:
    """An app token that is wrong itself is named instead."""
    given = _split(secret)
    if not given and others.data.get("slack_app_token", "wrong") is None:
        raise PydanticCustomError("missing", "is missing (or SLACK_APP_TOKEN, for Socket Mode)")
    if any(each.startswith(("xox", "xapp-")) for each in given):
        raise ValueError("this is a token, expected the Signing Secret of Basic Information")
    return secret


def _split(secret: SecretStr | None) -> tuple[str, ...]:
    given = secret.get_secret_value().split(",") if secret else []
    return tuple(each.strip() for each in given if each.strip())


def _zone(name: str) -> str:
    if name not in zones():
        raise ValueError("no such time zone")
    return name


def _currency(code: str) -> str:
    if not is_currency(code.upper()):
        raise ValueError("no such currency")
    return code.upper()


def _channel(given: str | None) -> str | None:
    if given is None:
        return None
    if given[0] not in "CG" or not given.isalnum() or not given.isupper():
        raise ValueError("expected a channel's id (in Slack: channel name, About, at the bottom)")
    return given


def _web_address(given: str) -> str:
    parts = urlsplit(given)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError("expected an address that begins with https://")
    return given.rstrip("/") + "/"


def database_address(given: str) -> str:
    """Some hosts hand out `postgres://`. What is kept in memory alone would be forgotten."""
    given = re.sub("^postgres://", "postgresql://", given)
    try:
        address = make_url(given)
        backend = address.get_backend_name()
    except (ArgumentError, ValueError):
        backend = ""
    if backend not in ("sqlite", "postgresql"):
        raise ValueError("expected sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME")
    if backend == "sqlite" and address.database in (None, "", ":memory:"):
        raise ValueError("names no file, expected sqlite:///FILE")
    return given


_BOT = _token("xoxb-", {"xapp-": "an app-level token", "xoxp-": "a user token", "xoxe": "a refresh token"})
_APP = _token("xapp-", {"xoxb-": "a bot token", "xoxp-": "a user token"})
_strip = BeforeValidator(_stripped)

# Shown beside a wrong or missing setting, in .env.example and in the README; in this order.
EXAMPLES: Mapping[str, str] = {
    "SLACK_BOT_TOKEN": "xoxb-1234-5678-abc",
    "SLACK_APP_TOKEN": "xapp-1-A123-456-abc",
    "SLACK_SIGNING_SECRET": "8f742231b10e8888abcd99yyyzzz85a5",
    "PIPELINE_MAIN_CHANNEL": "C0123456789",
    "PIPELINE_ZONE": "Europe/Berlin",
    "PIPELINE_LANGUAGE": "en",
    "PIPELINE_CURRENCY": "EUR",
    "DATABASE_URL": "postgresql://pipeline:secret@db.internal/pipeline",
    "HOST": "0.0.0.0",  # noqa: S104 - an example
    "PORT": "3000",
    "LOG_LEVEL": "INFO",
    "SLACK_API_URL": "https://slack.com/api/",
}


class Books(BaseSettings):
    """Where deals are kept and how they are reckoned: all that the database's own commands need."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        populate_by_name=True,
    )

    database_url: Annotated[str, _strip, AfterValidator(database_address)] = Field(
        "sqlite:///pipeline.db", description="The embedded database's file, or a PostgreSQL server"
    )
    zone_name: Annotated[str, _strip, AfterValidator(_zone)] = Field(
        "UTC", alias="PIPELINE_ZONE", description="The workspace's time zone: decides what today is"
    )
    language: Annotated[Literal["en", "de"], BeforeValidator(_lowered)] = Field(
        "en", alias="PIPELINE_LANGUAGE", description="What shared messages are written in: en or de"
    )
    currency: Annotated[str, _strip, AfterValidator(_currency)] = Field(
        "EUR", alias="PIPELINE_CURRENCY", description="The currency of amounts that name none"
    )
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(_raised)] = Field(
        "INFO", description="How much is logged: DEBUG, INFO, WARNING or ERROR"
    )

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, given: Mapping[str, Any]) -> dict[str, Any]:
        """A setting that is empty is not set."""
        return {name: value for name, value in given.items() if _stripped(value) != ""}

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no log may show."""
        password = make_url(self.database_url).password
        return (str(password),) if password else ()

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone_name)


class Acquaintance(Books):
    """For what does its work without Slack, and better with it."""

    slack_bot_token: Annotated[SecretStr | None, _strip, _BOT] = None
    slack_api_url: Annotated[str, _strip, AfterValidator(_web_address)] = Field(
        "https://slack.com/api/", description="Where Slack's Web API is"
    )

    @property
    @override
    def secrets(self) -> tuple[str, ...]:
        token = self.slack_bot_token
        return (*super().secrets, *([token.get_secret_value()] if token else ()))


class Settings(Acquaintance):
    """Everything that a bot needs."""

    slack_bot_token: Annotated[SecretStr, _strip, _BOT] = Field(
        description="The bot token of OAuth & Permissions"
    )
    slack_app_token: Annotated[SecretStr | None, _strip, _APP] = Field(
        None, description="The app-level token; when set, the bot connects by Socket Mode"
    )
    slack_signing_secret: Annotated[SecretStr | None, _strip, AfterValidator(_signing_secret)] = Field(
        None,
        validate_default=True,
        description="Required without Socket Mode; two, separated by a comma, while it is being changed",
    )
    main_channel: Annotated[str | None, _strip, AfterValidator(_channel)] = Field(
        None, alias="PIPELINE_MAIN_CHANNEL", description="Where cards go from direct messages, and wins"
    )
    host: Annotated[str, _strip] = Field("127.0.0.1", description="Where the HTTP port listens")
    port: Annotated[int, _strip, Field(ge=0, le=65535)] = Field(3000, description="The HTTP port")

    @property
    @override
    def secrets(self) -> tuple[str, ...]:
        token = self.slack_app_token
        shown = (token.get_secret_value(),) if token else ()
        return (*super().secrets, *shown, *self.signing_secrets)

    @property
    def socket_mode(self) -> bool:
        return self.slack_app_token is not None

    @property
    def signing_secrets(self) -> tuple[str, ...]:
        return _split(self.slack_signing_secret)


Kind = TypeVar("Kind", bound=Books)


def read_settings(**given: Any) -> Settings:  # noqa: ANN401 - settings by name
    """Raises Misconfigured, naming every wrong or missing setting."""
    return _read(Settings, given)


def read_books() -> Books:
    """Raises Misconfigured."""
    return _read(Books, {})


def read_acquaintance() -> Acquaintance:
    """Raises Misconfigured."""
    return _read(Acquaintance, {})


def variable(name: str) -> str:
    """The environment variable of a setting."""
    alias = Settings.model_fields[name].alias
    return alias or name.upper()


def _read(kind: type[Kind], given: Mapping[str, Any]) -> Kind:
    try:
        return kind(**given)
    except ValidationError as error:
        raise Misconfigured(tuple(_problem(each) for each in error.errors(include_input=False))) from None
    except (UnicodeDecodeError, OSError):
        raise Misconfigured((".env cannot be read: save it as UTF-8, readable for the bot's user",)) from None


def _problem(error: Mapping[str, Any]) -> str:
    place = str(error["loc"][0])
    name = place if place in EXAMPLES else variable(place)
    reason = str(error["msg"]).removeprefix("Value error, ")
    if error["type"] == "missing":
        reason = reason if reason.startswith("is missing") else "is missing"
        return f"{name} {reason}, for example {name}={EXAMPLES[name]}"
    return f"{name}: {reason[0].lower()}{reason[1:]}, for example {name}={EXAMPLES[name]}"
