"""The street side: Slack requests in, answers and messages out. Every door stands on this page."""

import re
import time
from collections.abc import Callable
from typing import Any

from slack_bolt import App, BoltContext, BoltResponse

from handlers import deals, errors, news
from handlers.request import deadline
from handlers.services import Services

# What nobody listens for is acknowledged: a button or an event of another version is no error.
_ANY = re.compile("")


def register(app: App, services: Services) -> None:
    app.use(_setting(services))
    app.command("/deal")(deals.on_command)
    app.action(_ANY)(deals.on_click)
    app.view(_ANY)(deals.on_form)
    app.shortcut(_ANY)(deals.on_shortcut)
    app.event(_ANY)(news.on_event)
    app.error(errors.on_error)


def _setting(services: Services) -> Callable[..., BoltResponse]:
    """A middleware sets values; it cannot wrap a listener (Bolt only raises a flag in `next`)."""

    def set_values(
        body: dict[str, Any],
        context: BoltContext,
        next: Callable[[], BoltResponse],  # noqa: A002 - Bolt's name
    ) -> BoltResponse:
        context["services"] = services
        context["at"] = services.clock()
        context["until"] = deadline(context.get("received", time.monotonic()))
        stranger = errors.not_ours(services, context, body)
        return stranger or next()

    return set_values
