"""A person's answer: at once, best effort, forgotten after half an hour."""

import logging
from urllib.parse import parse_qs

import pytest

from pipeline.letters import JSONDict, JSONValue
from storage.post_tables import OutboxRow
from tests.conftest import TEAM
from tests.handlers.courier.house import SALES, House, eventually, section

BODY: JSONDict = {"text": "done", "response_type": "ephemeral"}


# What is tested here is no matter of the database; the other files run on both.
pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)


def response_url(house: House) -> str:
    house.control.bot_at("http://127.0.0.1:9/slack/events")
    prepared = house.control.prepare("command", user="@ana", command="/deal", text="", channel="#sales")
    return parse_qs(prepared.body)["response_url"][0]


def whisper(text: str = "psst", user: str = "U0ANA", channel: str = SALES) -> JSONDict:
    return {"ephemeral": {"channel": channel, "user": user, "text": text}}


def heard(house: House) -> list[str]:
    return [message["text"] for message in house.control.messages(SALES, user="@ana")]


def test_a_reply_goes_to_its_response_url(house: House) -> None:
    house.reply("r1", {"url": response_url(house), "body": BODY})
    house.courier()
    eventually(lambda: house.state("reply:r1") == "sent")
    assert heard(house) == ["done"]


@pytest.mark.parametrize("fault", ["http_500", "cut", "rate_limited"])
def test_a_reply_is_tried_again(house: House, fault: str) -> None:
    house.control.fault(fault, "response_url")
    house.reply("r1", {"url": response_url(house), "body": BODY})
    house.courier()
    eventually(lambda: house.state("reply:r1") == "sent")
    assert heard(house) == ["done"]


def test_a_reply_is_given_up_after_a_few_trials(house: House) -> None:
    house.control.fault("http_500", "response_url", probability=1.0)
    house.reply("r1", {"url": response_url(house), "body": BODY})
    house.courier()
    eventually(lambda: house.state("reply:r1") == "cancelled")
    assert len(house.calls("response_url")) == 4


def test_a_spent_address_is_not_tried_again(house: House) -> None:
    house.reply("r1", {"url": f"{house.slack.url}/response/T0SALES/spent", "body": BODY})
    house.courier()
    eventually(lambda: house.state("reply:r1") == "cancelled")
    assert len(house.calls("response_url")) == 1


def test_after_half_an_hour_a_reply_is_forgotten(house: House) -> None:
    house.reply("r1", {"url": response_url(house), "body": BODY})
    house.change(OutboxRow, created=OutboxRow.created - 31 * 60 * 1000)
    house.courier()
    eventually(lambda: house.state("reply:r1") == "cancelled")
    assert heard(house) == []


def test_a_reply_to_anywhere_else_is_not_sent(house: House, caplog: pytest.LogCaptureFixture) -> None:
    house.reply("r1", {"url": "http://127.0.0.1:9/secret", "body": BODY})
    with caplog.at_level(logging.DEBUG, logger="handlers"):
        house.courier()
        eventually(lambda: house.state("reply:r1") == "cancelled")
    assert "secret" not in caplog.text


def test_a_whisper_is_heard_by_one_person(house: House) -> None:
    house.reply("r1", whisper())
    house.courier()
    eventually(lambda: house.state("reply:r1") == "sent")
    assert heard(house) == ["psst"]
    assert house.control.messages(SALES, user="@ben") == []


@pytest.mark.parametrize("fault", ["cut_after", "http_500", "fatal_error"])
def test_a_whisper_that_may_have_been_heard_is_not_repeated(house: House, fault: str) -> None:
    house.control.fault(fault, "chat.postEphemeral", done=True)
    house.reply("r1", whisper())
    house.courier()
    eventually(lambda: house.state("reply:r1") == "cancelled")
    assert heard(house) == ["psst"]


def test_a_whisper_of_a_copy_that_died_is_not_repeated(house: House) -> None:
    house.reply("r1", whisper())
    assert len(house.postbox("dead").claim_replies(TEAM, 5)) == 1
    house.change(OutboxRow, lease_until=1)
    house.courier("alive")
    eventually(lambda: house.state("reply:r1") == "cancelled")
    assert heard(house) == []


def test_a_whisper_waits_as_told(house: House) -> None:
    house.control.fault("rate_limited", "chat.postEphemeral", retry_after=1)
    house.reply("r1", whisper())
    house.courier()
    eventually(lambda: house.state("reply:r1") == "sent")
    assert heard(house) == ["psst"]
    assert len(house.calls("chat.postEphemeral")) == 2


@pytest.mark.parametrize(
    ("payload", "error"),
    [
        (whisper(user="U0PAT"), "user_not_in_channel"),
        (whisper(channel="C0NOWHERE"), "channel_not_found"),
        (whisper(channel="C0RANDOM"), "not_in_channel"),
    ],
)
def test_a_whisper_that_nobody_can_hear_is_cancelled(house: House, payload: JSONDict, error: str) -> None:
    house.reply("r1", payload)
    house.courier()
    eventually(lambda: house.state("reply:r1") == "cancelled")
    assert house.letters()["reply:r1"].error == error


CHART: JSONDict = {
    "type": "data_visualization",
    "title": "Deals",
    "chart": {"type": "pie", "segments": [{"label": "Lead", "value": 1}]},
}


def report(url: str, **more: JSONValue) -> JSONDict:
    """As `handlers.reporting` writes them; what each body says tells which one was sent."""
    said: JSONDict = {"text": "picture", "blocks": [CHART]}
    classic: JSONDict = {"text": "classic", "blocks": [section("classic")]}
    return {
        "url": url,
        "body": said,
        "classic": classic,
        "person": "U0ANA",
        "lost": {"text": "lost?"},
        **more,
    }


def direct(house: House) -> list[str]:
    """What the bot said in the direct messages with Ana."""
    return [message["text"] for message in house.control.messages("@ana", user="@ana")]


def test_a_report_is_said_in_the_classic_form_where_slack_refuses_the_picture(house: House) -> None:
    house.control.settings(refused_blocks=["data_visualization"])
    urls = [response_url(house) for _ in range(2)]
    house.courier()
    for place, url in enumerate(urls, start=1):
        house.reply(f"r{place}", report(url))
        eventually(lambda: [row.state for row in house.letters().values()] == ["sent"] * place)  # noqa: B023 - waited for here
    assert heard(house) == ["classic", "classic"]
    assert len(house.calls("response_url")) == 3, "the second time it is not tried first"


def test_a_report_that_was_surely_not_said_is_said_again(house: House) -> None:
    house.control.fault("rate_limited", "response_url")
    house.reply("r1", report(response_url(house)))
    house.courier()
    eventually(lambda: house.state("reply:r1") == "sent")
    assert heard(house) == ["picture"]
    assert house.letters()["reply:r1"].payload == "{}", "nothing of it is kept"


@pytest.mark.parametrize("fault", ["cut_after", "http_500"])
def test_a_report_that_may_have_been_said_is_asked_about(house: House, fault: str) -> None:
    house.control.fault(fault, "response_url", done=True)
    house.reply("r1", report(response_url(house)))
    house.courier()
    eventually(lambda: house.state("reply:r1") == "sent")
    assert heard(house) == ["picture", "lost?"]


def test_a_report_is_asked_about_once(house: House) -> None:
    house.control.fault("http_500", "response_url", probability=1.0)
    house.reply("r1", report(response_url(house)))
    house.courier()
    eventually(lambda: house.state("reply:r1") == "cancelled")
    assert len(house.calls("response_url")) == 2


def test_a_report_of_a_copy_that_died_is_asked_about(house: House) -> None:
    house.reply("r1", report(response_url(house)))
    assert len(house.postbox("dead").claim_replies(TEAM, 5)) == 1
    house.change(OutboxRow, lease_until=1)
    house.courier("alive")
    eventually(lambda: house.state("reply:r1") == "sent")
    assert heard(house) == ["lost?"]


def test_a_report_whose_address_is_gone_goes_by_letter(house: House) -> None:
    house.reply("r1", report(f"{house.slack.url}/response/T0SALES/spent"))
    house.courier()
    eventually(lambda: house.state("reply:r1") == "cancelled")
    (key,) = (key for key in house.letters() if key.startswith("report:"))
    eventually(lambda: house.state(key) == "sent")
    assert direct(house) == [key]
    assert len(house.calls("response_url")) == 1


def test_a_report_that_is_refused_in_both_forms_goes_by_letter(house: House) -> None:
    nothing: JSONDict = {"text": "", "blocks": []}
    house.reply("r1", report(response_url(house), body=nothing, classic=nothing))
    house.courier()
    eventually(lambda: house.state("reply:r1") == "cancelled")
    assert [key for key in house.letters() if key.startswith("report:")]
    assert len(house.calls("response_url")) == 2


def test_replies_go_on_while_the_token_is_refused(house: House) -> None:
    url = response_url(house)
    house.control.token("token_revoked")
    house.say("one")
    courier = house.courier()
    eventually(lambda: courier.trouble is not None)
    house.reply("r1", {"url": url, "body": BODY})
    courier.wake()
    eventually(lambda: house.state("reply:r1") == "sent")


def test_a_payload_that_says_nothing_is_cancelled(house: House, caplog: pytest.LogCaptureFixture) -> None:
    house.reply("r1", {"ephemeral": "nonsense"})
    house.say("next")
    with caplog.at_level(logging.ERROR):
        house.courier()
        eventually(lambda: house.state("reply:r1") == "cancelled" and house.state("next") == "sent")
