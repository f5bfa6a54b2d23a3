"""The page's side of this Slack: pages of a channel, what changes, and who is let in."""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from slack_sdk import WebClient

from playground.backstage import CommandWord, Offers, Shortcut
from playground.page.routes import STATIC
from playground.server import LocalSlack


def ask(slack: LocalSlack, name: str, /, **given: object) -> Any:
    answer = httpx.post(f"{slack.url}/page/{name}", json=given, trust_env=False)
    assert answer.status_code == 200, answer.text
    return answer.json()


def texts(page: Any) -> list[str]:
    return [message["text"] for message in page["messages"]]


@pytest.fixture
def filled(slack: LocalSlack, client: WebClient) -> LocalSlack:
    for number in range(25):
        client.chat_postMessage(channel="C0SALES", text=f"message {number}")
    return slack


def test_a_channel_is_read_from_its_end_in_pages_that_join(filled: LocalSlack) -> None:
    last = ask(filled, "history", user="U0ANA", channel="C0SALES", limit=10)
    assert texts(last) == [f"message {number}" for number in range(15, 25)]
    assert (last["older"], last["newer"]) == (True, False)
    middle = ask(
        filled, "history", user="U0ANA", channel="C0SALES", limit=10, before=last["messages"][0]["ts"]
    )
    assert texts(middle) == [f"message {number}" for number in range(5, 15)]
    again = ask(
        filled, "history", user="U0ANA", channel="C0SALES", limit=10, after=middle["messages"][-1]["ts"]
    )
    assert texts(again) == texts(last)
    first = ask(
        filled, "history", user="U0ANA", channel="C0SALES", limit=10, before=middle["messages"][0]["ts"]
    )
    assert (first["older"], len(first["messages"])) == (False, 5)


def test_what_is_ephemeral_or_private_is_read_by_its_person_only(
    slack: LocalSlack, client: WebClient
) -> None:
    client.chat_postEphemeral(channel="C0SALES", user="U0BEN", text="for Ben")
    assert texts(ask(slack, "history", user="U0BEN", channel="C0SALES")) == ["for Ben"]
    assert texts(ask(slack, "history", user="U0ANA", channel="C0SALES")) == []
    slack.control.say("@mia", "between us", channel="#board-room")
    assert texts(ask(slack, "history", user="U0ANA", channel="C0BOARD")) == []


def test_replies_stand_in_their_thread(slack: LocalSlack, client: WebClient) -> None:
    parent = client.chat_postMessage(channel="C0SALES", text="a card")["ts"]
    client.chat_postMessage(channel="C0SALES", text="an answer", thread_ts=parent)
    page = ask(slack, "history", user="U0ANA", channel="C0SALES")
    assert texts(page) == ["a card"]
    assert page["messages"][0]["reply_count"] == 1
    assert texts(ask(slack, "history", user="U0ANA", channel="C0SALES", thread_ts=parent)) == [
        "a card",
        "an answer",
    ]


@contextmanager
def listening(slack: LocalSlack, user: str) -> Iterator[Iterator[tuple[str, Any]]]:
    with httpx.stream("GET", f"{slack.url}/page/stream?user={user}", trust_env=False, timeout=10) as answer:
        yield _events(answer.iter_lines())


def _events(lines: Iterator[str]) -> Iterator[tuple[str, Any]]:
    kind = ""
    for line in lines:
        if line.startswith("event: "):
            kind = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield kind, json.loads(line.removeprefix("data: "))


def next_of(events: Iterator[tuple[str, Any]], wanted: str) -> Any:
    return next(content for kind, content in events if kind == wanted)


def test_a_watcher_is_told_of_what_they_may_see(slack: LocalSlack, client: WebClient) -> None:
    with listening(slack, "U0ANA") as events:
        assert next(events)[0] == "hello"
        client.chat_postEphemeral(channel="C0SALES", user="U0BEN", text="for Ben")
        ts = client.chat_postMessage(channel="C0SALES", text="for all")["ts"]
        assert [each["text"] for each in next_of(events, "messages")["changed"]] == ["for all"]
        client.chat_update(channel="C0SALES", ts=ts, text="for all, mended")
        assert [each["text"] for each in next_of(events, "messages")["changed"]] == ["for all, mended"]
        client.chat_delete(channel="C0SALES", ts=ts)
        assert next_of(events, "messages")["removed"] == [{"channel": "C0SALES", "ts": ts}]


def test_a_watcher_is_told_of_views_clock_and_wire(slack: LocalSlack, client: WebClient) -> None:
    with listening(slack, "U0ANA") as events:
        next(events)
        client.views_publish(user_id="U0ANA", view={"type": "home", "blocks": [{"type": "divider"}]})
        assert next_of(events, "views")["home"]["type"] == "home"
        answered = next(
            entry
            for kind, content in events
            if kind == "log"
            for entry in content["entries"]
            if entry["ended"]
        )
        assert (answered["method"], answered["status"]) == ("views.publish", 200)
        slack.control.advance(3600)
        assert next_of(events, "clock")["offset"] == pytest.approx(3600, abs=1)
        slack.control.channel("#leads", archived=True)
        assert next_of(events, "world")["bot"] == {"known": False, "runs": None}


def test_after_a_reset_everything_is_read_again(slack: LocalSlack, client: WebClient) -> None:
    client.chat_postMessage(channel="C0SALES", text="gone soon")
    with listening(slack, "U0ANA") as events:
        next(events)
        slack.control.reset()
        assert next_of(events, "reload") == {}


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "null"},
    ],
)
@pytest.mark.parametrize("path", ["/", "/page/main.js", "/page/stream?user=U0ANA", "/_control/people"])
def test_a_foreign_host_or_origin_is_turned_away(
    slack: LocalSlack, path: str, headers: dict[str, str]
) -> None:
    answer = httpx.get(f"{slack.url}{path}", headers=headers, trust_env=False)
    assert (answer.status_code, answer.text) == (403, "local callers only")


def test_the_pages_own_origin_is_let_in(slack: LocalSlack) -> None:
    answer = httpx.post(f"{slack.url}/_control/people", headers={"Origin": slack.url}, trust_env=False)
    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["", *(f"page/{file.relative_to(STATIC)}" for file in STATIC.rglob("*.*"))])
def test_every_file_comes_with_a_policy_that_forbids_inline_script(slack: LocalSlack, path: str) -> None:
    answer = httpx.get(f"{slack.url}/{path}", trust_env=False)
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_no_file_outside_is_served(slack: LocalSlack) -> None:
    assert httpx.get(f"{slack.url}/page/../routes.py", trust_env=False).status_code == 404
    assert httpx.get(f"{slack.url}/page/%2e%2e/routes.py", trust_env=False).status_code == 404


class Stagehand:
    def __init__(self) -> None:
        self.runs = True
        self.asked: list[str] = []

    def bot_runs(self) -> bool:
        return self.runs

    def stop_bot(self) -> None:
        self.runs = False

    def start_bot(self) -> None:
        self.runs = True

    def start_over(self) -> None:
        self.asked.append("over")

    def clock_moved(self) -> None:
        self.asked.append("moved")

    def read_file(self, name: str, content: bytes, *, apply: bool) -> str:
        return f"{name}: {len(content)} bytes, {'applied' if apply else 'dry run'}"

    def offers(self, locale: str) -> Offers:
        word = CommandWord("neu" if locale == "de-DE" else "new", "new TITLE", "Writes down a deal")
        return Offers("/deal", [word], [Shortcut("New deal", "deal.new", "global")])


def test_a_program_around_is_asked_what_only_it_can_do() -> None:
    hand = Stagehand()
    with LocalSlack(backstage=hand) as slack, listening(slack, "U0ANA") as events:
        assert next(events)[1]["bot"] == {"known": True, "runs": True}
        ask(slack, "bot/stop")
        assert next_of(events, "world")["bot"] == {"known": True, "runs": False}
        ask(slack, "bot/start")
        ask(slack, "start-over")
        ask(slack, "clock-moved")
        assert hand.asked == ["over", "moved"]
        content = base64.b64encode(b"a;b\n").decode()
        assert ask(slack, "file", name="x.csv", content=content) == {"report": "x.csv: 4 bytes, dry run"}
        assert ask(slack, "file", name="x.csv", content=content, apply=True)["report"].endswith("applied")
        assert ask(slack, "offers", locale="de-DE")["words"][0]["word"] == "neu"
        broken = httpx.post(f"{slack.url}/page/file", json={"content": "?"}, trust_env=False)
        assert (broken.status_code, broken.json()["error"]) == (
            400,
            "the file did not arrive whole: drop it again",
        )


def test_without_one_nothing_of_it_is_offered(slack: LocalSlack) -> None:
    assert httpx.post(f"{slack.url}/page/bot/stop", json={}, trust_env=False).status_code == 405
