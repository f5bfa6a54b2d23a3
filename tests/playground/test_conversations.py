"""People, channels, direct messages, history."""

import pytest
from slack_sdk import WebClient

from playground.control import Control
from tests.playground.calls import refused


def test_a_person_is_told_with_locale_only_when_asked(client: WebClient) -> None:
    assert "locale" not in client.users_info(user="U0JONAS")["user"]
    jonas = client.users_info(user="U0JONAS", include_locale=True)["user"]
    assert (jonas["locale"], jonas["tz"], jonas["is_admin"]) == ("de-DE", "Europe/Berlin", False)


def test_the_seed_has_an_admin_a_guest_and_a_stranger(client: WebClient) -> None:
    told = {name: client.users_info(user=name)["user"] for name in ("U0OLGA", "U0GUS", "U0PAT")}
    assert told["U0OLGA"]["is_admin"]
    assert told["U0GUS"]["is_restricted"]
    assert (told["U0PAT"]["is_stranger"], told["U0PAT"]["team_id"]) == (True, "T0PARTNER")


def test_a_deactivated_person_has_no_roles(control: Control, client: WebClient) -> None:
    control.person("@ben", deleted=True)
    ben = client.users_info(user="U0BEN")["user"]
    assert ben["deleted"]
    assert "is_admin" not in ben


def test_nobody_is_user_not_found(client: WebClient) -> None:
    assert refused(client.users_info, user="U0NOBODY") == "user_not_found"


def test_the_list_of_people_comes_in_pages(client: WebClient) -> None:
    first = client.users_list(limit=3)
    second = client.users_list(limit=3, cursor=first["response_metadata"]["next_cursor"])
    assert len(first["members"]) == 3
    assert {p["id"] for p in first["members"]}.isdisjoint(p["id"] for p in second["members"])


def test_a_channel_tells_membership_privacy_and_sharing(client: WebClient) -> None:
    sales = client.conversations_info(channel="C0SALES")["channel"]
    partners = client.conversations_info(channel="C0PARTNERS")["channel"]
    random = client.conversations_info(channel="C0RANDOM")["channel"]
    assert (sales["is_member"], sales["is_private"], sales["is_ext_shared"]) == (True, False, False)
    assert (partners["is_ext_shared"], random["is_member"]) == (True, False)


def test_a_private_channel_exists_for_its_members_only(control: Control, client: WebClient) -> None:
    assert refused(client.conversations_info, channel="C0BOARD") == "channel_not_found"
    control.channel("C0BOARD", add="@pipeline")
    assert client.conversations_info(channel="C0BOARD")["channel"]["is_private"]


def test_opening_a_direct_message_twice_gives_the_same(client: WebClient) -> None:
    first = client.conversations_open(users="U0ANA")["channel"]["id"]
    again = client.conversations_open(users=["U0ANA"], return_im=True)
    assert again["already_open"]
    assert again["channel"] | {"id": first, "user": "U0ANA", "is_im": True} == again["channel"]


@pytest.mark.parametrize(("user", "error"), [("U0BEN", "user_disabled"), ("U0NOBODY", "user_not_found")])
def test_a_direct_message_needs_a_living_person(
    control: Control, client: WebClient, user: str, error: str
) -> None:
    control.person("@ben", deleted=True)
    assert refused(client.conversations_open, users=user) == error


def test_history_runs_backwards_in_pages_and_leaves_out_replies(client: WebClient) -> None:
    stamps = [client.chat_postMessage(channel="C0SALES", text=str(n))["ts"] for n in range(5)]
    client.chat_postMessage(channel="C0SALES", text="reply", thread_ts=stamps[0])
    first = client.conversations_history(channel="C0SALES", limit=3)
    rest = client.conversations_history(
        channel="C0SALES", limit=3, cursor=first["response_metadata"]["next_cursor"]
    )
    assert [m["text"] for m in first["messages"] + rest["messages"]] == ["4", "3", "2", "1", "0"]
    assert (first["has_more"], rest["has_more"]) == (True, False)


@pytest.mark.parametrize(("inclusive", "texts"), [("false", ["1"]), ("true", ["2", "1", "0"])])
def test_history_has_bounds(client: WebClient, inclusive: str, texts: list[str]) -> None:
    low, _, high = [client.chat_postMessage(channel="C0SALES", text=str(n))["ts"] for n in range(3)]
    bounds = {"channel": "C0SALES", "oldest": low, "latest": high, "inclusive": inclusive}
    page = client.api_call("conversations.history", params=bounds)
    assert [m["text"] for m in page["messages"]] == texts


def test_metadata_is_told_only_when_asked(client: WebClient) -> None:
    metadata = {"event_type": "digest", "event_payload": {"key": "one"}}
    client.chat_postMessage(channel="C0SALES", text="hi", metadata=metadata)
    assert "metadata" not in client.conversations_history(channel="C0SALES")["messages"][0]
    page = client.conversations_history(channel="C0SALES", include_all_metadata=True)
    assert page["messages"][0]["metadata"] == metadata


def test_history_needs_membership(client: WebClient) -> None:
    assert refused(client.conversations_history, channel="C0RANDOM") == "not_in_channel"
    assert refused(client.conversations_history, channel="C0BOARD") == "channel_not_found"


def test_replies_need_a_thread(client: WebClient) -> None:
    assert refused(client.conversations_replies, channel="C0SALES", ts="1.1") == "thread_not_found"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [({"cursor": "elsewhere"}, "invalid_cursor"), ({"limit": 5000}, "invalid_limit")],
)
def test_a_wrong_page_is_refused(client: WebClient, arguments: dict[str, object], error: str) -> None:
    assert refused(client.conversations_history, channel="C0SALES", **arguments) == error
