"""What is handed to a thread comes back, or is given up in time."""

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.handover import Handover, TooLate

SOON, PATIENCE = 0.02, 5.0


@pytest.fixture
def executor() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as threads:
        yield threads


def test_every_result_reaches_the_one_who_waits_for_it(executor: ThreadPoolExecutor) -> None:
    handover = Handover(executor)

    async def all_of_them() -> list[int]:
        return await asyncio.gather(*(handover.result(lambda n=n: n, PATIENCE) for n in range(200)))  # type: ignore[misc]

    assert asyncio.run(all_of_them()) == list(range(200))


def test_an_error_is_raised_where_the_result_is_awaited(executor: ThreadPoolExecutor) -> None:
    with pytest.raises(ZeroDivisionError):
        asyncio.run(Handover(executor).result(lambda: 1 // 0, PATIENCE))


def test_what_is_given_up_says_whether_it_was_begun(executor: ThreadPoolExecutor) -> None:
    handover, release = Handover(executor), threading.Event()
    ran: list[str] = []

    async def both() -> tuple[bool, bool]:
        held = asyncio.ensure_future(handover.result(release.wait, SOON))
        queued = asyncio.ensure_future(handover.result(lambda: ran.append("queued"), SOON))
        try:
            first, second = await asyncio.gather(held, queued, return_exceptions=True)
        finally:
            release.set()
        assert isinstance(first, TooLate)
        assert isinstance(second, TooLate)
        return first.begun, second.begun

    assert asyncio.run(both()) == (True, False)
    assert not ran
