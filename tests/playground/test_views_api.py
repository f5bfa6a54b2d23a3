"""views.open, push, update, publish, and blocks.validate."""

import pytest
from slack_sdk import WebClient

from playground.control import Control
from tests.playground.blocks import actions, button, field, home, modal, section
from tests.playground.calls import refusal, refused
from tests.playground.conftest import Puppet


@pytest.fixture
def trigger(control: Control, puppet: Puppet) -> str:
    control.command("@ana", "/deal")
    return puppet.heard[-1].form["trigger_id"]


def test_a_trigger_opens_one_modal_for_its_person(control: Control, client: WebClient, trigger: str) -> None:
    opened = client.views_open(trigger_id=trigger, view=modal(section(), private_metadata="m"))["view"]
    shown = control.modal("@ana")
    assert (shown["id"], shown["private_metadata"], shown["hash"]) == (opened["id"], "m", opened["hash"])
    assert control.modal("@ben") == {}


def test_a_trigger_works_once(client: WebClient, trigger: str) -> None:
    client.views_open(trigger_id=trigger, view=modal(section()))
    assert refused(client.views_open, trigger_id=trigger, view=modal(section())) == "exchanged_trigger_id"


def test_a_trigger_lives_three_seconds(control: Control, client: WebClient, trigger: str) -> None:
    control.advance(3.1)
    assert refused(client.views_open, trigger_id=trigger, view=modal(section())) == "expired_trigger_id"


def test_an_invented_trigger_is_invalid(client: WebClient) -> None:
    assert refused(client.views_open, trigger_id="1.2.three", view=modal(section())) == "invalid_trigger_id"


def test_a_bad_view_does_not_spend_the_trigger(client: WebClient, trigger: str) -> None:
    answer = refusal(client.views_open, trigger_id=trigger, view=modal({"type": "nonsense"}))
    assert answer["error"] == "invalid_arguments"
    assert "/blocks/0" in answer["response_metadata"]["messages"][0]
    assert client.views_open(trigger_id=trigger, view=modal(section()))["ok"]


def test_a_home_view_cannot_be_opened(client: WebClient, trigger: str) -> None:
    assert refused(client.views_open, trigger_id=trigger, view=home(section())) == "invalid_arguments"


def test_a_view_over_250_kilobytes_is_too_large(client: WebClient, trigger: str) -> None:
    view = modal(*(section("x" * 2900) for _ in range(90)))
    assert refused(client.views_open, trigger_id=trigger, view=view) == "view_too_large"


def test_an_external_id_is_unique(client: WebClient, trigger: str) -> None:
    client.views_publish(user_id="U0BEN", view=home(section(), external_id="one"))
    view = modal(section(), external_id="one")
    assert refused(client.views_open, trigger_id=trigger, view=view) == "duplicate_external_id"


def test_the_stack_is_three_deep(control: Control, client: WebClient, puppet: Puppet, trigger: str) -> None:
    client.views_open(trigger_id=trigger, view=modal(actions(button("next"))))
    for _ in range(2):
        control.click("@ana", "next")
        view = modal(actions(button("next")))
        client.views_push(trigger_id=puppet.heard[-1].payload["trigger_id"], view=view)
    control.click("@ana", "next")
    fourth = puppet.heard[-1].payload["trigger_id"]
    assert refused(client.views_push, trigger_id=fourth, view=modal(section())) == "push_limit_reached"
    assert [bool(v["previous_view_id"]) for v in control.views("@ana")["stack"]] == [False, True, True]


def test_only_a_trigger_from_a_view_can_push(client: WebClient, trigger: str) -> None:
    assert refused(client.views_push, trigger_id=trigger, view=modal(section())) == "invalid_trigger_id"


def test_a_stale_hash_is_a_conflict(client: WebClient, trigger: str) -> None:
    opened = client.views_open(trigger_id=trigger, view=modal(section()))["view"]
    fresh = client.views_update(view_id=opened["id"], hash=opened["hash"], view=modal(section("new")))
    again = {"view_id": opened["id"], "view": modal(section("newer"))}
    assert refused(client.views_update, hash=opened["hash"], **again) == "hash_conflict"
    assert client.views_update(hash=fresh["view"]["hash"], **again)["ok"]


def test_a_view_can_be_updated_by_its_external_id(control: Control, client: WebClient, trigger: str) -> None:
    client.views_open(trigger_id=trigger, view=modal(section(), external_id="one"))
    client.views_update(external_id="one", view=modal(section("new"), external_id="one"))
    assert control.modal("@ana")["blocks"][0]["text"]["text"] == "new"


def test_a_closed_view_cannot_be_updated(control: Control, client: WebClient, trigger: str) -> None:
    opened = client.views_open(trigger_id=trigger, view=modal(section()))["view"]
    control.close_view("@ana")
    assert refused(client.views_update, view_id=opened["id"], view=modal(section())) == "not_found"


def test_an_update_keeps_what_was_typed_where_the_ids_stay(
    control: Control, client: WebClient, trigger: str
) -> None:
    opened = client.views_open(
        trigger_id=trigger, view=modal(field("title"), field("need"), actions(button("more")))
    )
    control.click("@ana", "more", values={"title": "Acme", "need": "speed"})
    other = field("need", {"type": "plain_text_input", "action_id": "another"})
    client.views_update(view_id=opened["view"]["id"], view=modal(field("title"), other))
    values = control.modal("@ana")["state"]["values"]
    assert values["title"]["title_entry"]["value"] == "Acme"
    assert values["need"]["another"]["value"] is None


def test_home_is_published_per_person(control: Control, client: WebClient) -> None:
    first = client.views_publish(user_id="U0ANA", view=home(section("a")))["view"]
    second = client.views_publish(user_id="U0ANA", view=home(section("b")), hash=first["hash"])["view"]
    assert second["id"] == first["id"]
    assert control.home("@ana")["blocks"][0]["text"]["text"] == "b"
    assert control.home("@ben") == {}
    stale = {"user_id": "U0ANA", "view": home(section("c")), "hash": first["hash"]}
    assert refused(client.views_publish, **stale) == "hash_conflict"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"blocks": [section("x" * 3001)]}, "invalid_blocks"),
        ({"message": {"text": "hi", "blocks": [{"type": "nonsense"}]}}, "invalid_message"),
        ({"view": modal({"type": "nonsense"})}, "invalid_view"),
        ({"view": modal(section()), "blocks": [section()]}, "invalid_arguments"),
        ({}, "invalid_arguments"),
    ],
)
def test_blocks_validate_judges_one_payload(
    client: WebClient, arguments: dict[str, object], error: str
) -> None:
    assert refused(client.api_call, api_method="blocks.validate", json=arguments) == error


def test_blocks_validate_accepts_good_payloads(client: WebClient) -> None:
    for arguments in ({"blocks": [section()]}, {"view": modal(section())}):
        assert client.api_call("blocks.validate", json=arguments)["ok"]
