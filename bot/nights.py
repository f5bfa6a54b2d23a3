"""Once a night the past is looked at: how long deals usually stay, how often they are won, where they get stuck."""

import json
import os
import signal
import sys
import threading
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol, Self
from zoneinfo import ZoneInfo

from bot.logs import set_up
from pipeline.errors import ArchiveDown
from storage.engine import connect
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Night:
    """`on` is the day by which all copies know that it was done."""

    workspace_id: str
    now: datetime
    on: date
    zone: ZoneInfo

    def as_json(self) -> dict[str, str]:
        return {
            "workspace_id": self.workspace_id,
            "now": self.now.isoformat(),
            "on": self.on.isoformat(),
            "zone": self.zone.key,
        }

    @classmethod
    def read(cls, told: Mapping[str, str]) -> Self:
        return cls(
            told["workspace_id"],
            datetime.fromisoformat(told["now"]),
            date.fromisoformat(told["on"]),
            ZoneInfo(told["zone"]),
        )


class Looks(Protocol):
    """Whoever looks back."""

    def back(self, store: Store, night: Night) -> bool:
        """Whether something is shown otherwise from now on."""

    def stop(self) -> None:
        """Have a look that is under way come to nothing."""


def look_back(store: Store, night: Night) -> bool:
    from storage import fitting, foreseeing, looking, stays  # noqa: PLC0415 - they bring numpy along

    given = (store, night.workspace_id, night.now)
    foreseeing.refit(*given, night.zone)
    looking.look_for_bottlenecks(*given, night.on)
    changed = stays.refit(*given, night.on)
    # The chances last: by them every copy knows that the whole night is dealt with.
    return fitting.refit(*given, night.on) or changed


def main() -> None:
    """One night, as bot.apart asks for it on standard input, and what came of it on standard output."""
    # Whoever presses Ctrl-C means the bot, which ends this too.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    asked = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_the_bot, daemon=True).start()
    set_up(asked["log_level"], asked["secrets"])
    json.dump(_told(asked), sys.stdout)


def _end_with_the_bot() -> None:
    """It says nothing more, so that its end is all that can be read here."""
    os.read(0, 1)
    os._exit(1)


def _told(asked: Mapping[str, Any]) -> dict[str, object]:
    store = Store(connect(asked["database"], pool_size=2))
    try:
        return {"changed": look_back(store, Night.read(asked["night"]))}
    except ArchiveDown as error:
        return {"down": str(error)}
    except Exception:  # noqa: BLE001 - told to whoever writes it down as a chore's
        return {"stumbled": traceback.format_exc()}
    finally:
        store.close()
