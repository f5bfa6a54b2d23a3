"""The street side: Slack requests in, answers and messages out. Every door stands on this page."""

import re
import time
from collections.abc import Callable

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.middleware import Middleware
from typing_extensions import override

from handlers import deals, errors, news
from handlers.request import deadline
from handlers.services import Services
from handlers.trace import Trace

# What nobody listens for is acknowledged: a button or an event of another version is no error.
_ANY = re.compile("")


def register(app: App, services: Services) -> None:
    app.use(_Setting(services))
    app.command("/deal")(deals.on_command)
    app.action(_ANY)(deals.on_click)
    app.view(_ANY)(deals.on_form)
    app.shortcut(_ANY)(deals.on_shortcut)
    app.event(_ANY)(news.on_event)
    app.error(errors.on_error)


class _Setting(Middleware):
    """A middleware sets values; it cannot wrap a listener (Bolt only raises a flag in `next`).

    A class, because Bolt looks through the arguments of a function at every request.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    @override
    def process(
        self, *, req: BoltRequest, resp: BoltResponse, next: Callable[[], BoltResponse]
    ) -> BoltResponse | None:
        context = req.context
        context["services"] = self._services
        context["trace"] = Trace()
        context["at"] = self._services.clock()
        context["until"] = deadline(context.get("received", time.monotonic()))
        return errors.not_ours(self._services, context, req.body) or next()
