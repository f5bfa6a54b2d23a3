"""At the HTTP door: who is not Slack gets 401, who sends nonsense 400, who sends too much 413; never a 5xx."""

import socket
import time
from collections.abc import Iterator

import httpx
import pytest

from playground.receipts import Prepared
from playground.signatures import signature, signed_headers
from tests.story.scene import Scene

SECRET = "local-signing-secret"
FORM = "application/x-www-form-urlencoded"
MIB = 1024 * 1024
TELLTALE = "telltale-of-the-body"


def command(scene: Scene) -> Prepared:
    return scene.control.prepare(
        "command", user="@ana", command="/deal", text=f"new {TELLTALE}", channel="#sales"
    )


def post(scene: Scene, body: bytes | Iterator[bytes], headers: dict[str, str]) -> httpx.Response:
    return httpx.post(scene.url, content=body, headers=headers, timeout=10)


def refused(scene: Scene, answer: httpx.Response, status: int, caplog: pytest.LogCaptureFixture) -> None:
    assert answer.status_code == status, answer.text
    assert scene.count("deals") == 0
    assert TELLTALE not in caplog.text
    assert TELLTALE not in answer.text


@pytest.fixture
def scene(standing: Scene) -> Scene:
    return standing


@pytest.fixture(autouse=True)
def everything_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Signature": ""},
        {"X-Slack-Signature": "abc"},
        {"X-Slack-Signature": "v0="},
        {"X-Slack-Signature": "v1=" + "0" * 64},
        {"X-Slack-Signature": "9" * 5000},
        {"X-Slack-Signature": "v0=\u00e4\u00f6"},
        {"X-Slack-Signature": "\u20ac"},
    ],
    ids=lambda given: ascii(given)[:50],
)
def test_f35_a_forged_signature_is_refused(
    scene: Scene, headers: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    held = command(scene)
    sent = {name.encode(): value.encode() for name, value in {**held.headers, **headers}.items()}
    answer = httpx.post(scene.url, content=held.body, headers=sent, timeout=10)
    refused(scene, answer, 401, caplog)


@pytest.mark.parametrize("missing", ["X-Slack-Signature", "X-Slack-Request-Timestamp"])
def test_f35_a_missing_header_is_refused(
    scene: Scene, missing: str, caplog: pytest.LogCaptureFixture
) -> None:
    held = command(scene)
    kept = {name: value for name, value in held.headers.items() if name != missing}
    refused(scene, post(scene, held.body.encode(), kept), 401, caplog)


def test_f35_a_body_that_was_tampered_with_is_refused(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    held = command(scene)
    refused(scene, post(scene, held.body.replace("U0ANA", "U0OLGA").encode(), held.headers), 401, caplog)


@pytest.mark.parametrize(
    "stamp",
    ["", "abc", "1e400", "9" * 5000, "-1", "1.5", "NaN", "\u0661\u0662", "0x10"],
    ids=lambda text: text[:8],
)
def test_f36_a_garbled_timestamp_is_refused(
    scene: Scene, stamp: str, caplog: pytest.LogCaptureFixture
) -> None:
    held = command(scene)
    signed = signature(SECRET, stamp, held.body.encode())
    given = {**held.headers, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signed}
    sent = {name.encode(): value.encode() for name, value in given.items()}
    answer = httpx.post(scene.url, content=held.body, headers=sent, timeout=10)
    refused(scene, answer, 401, caplog)


# Not a second more: on a busy machine one passes before the request is read.
@pytest.mark.parametrize("off", [-301, 330, -86_400, 10**9])
def test_f37_a_request_more_than_five_minutes_off_is_refused(
    scene: Scene, off: int, caplog: pytest.LogCaptureFixture
) -> None:
    held = command(scene)
    old = signed_headers(SECRET, held.body.encode(), time.time() + off, FORM)
    refused(scene, post(scene, held.body.encode(), old), 401, caplog)
    assert "clock" in caplog.text


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{", "application/json"),
        (b"[1]", "application/json"),
        (b'"text"', "application/json"),
        (b"null", "application/json"),
        (b"[" * 100_000, "application/json"),
        (b"\xff\xfe", "application/json"),
        (b"payload=%7B", FORM),
        (b"payload=[]", FORM),
        (b"payload=%7B%7D&payload=%7B", FORM),
        (b"\xff\xfe", FORM),
        (b"{a=b", FORM),
        (b"{" + TELLTALE.encode(), "text/plain"),
        (b'{"type":"event_callback","event":5}', "application/json"),
        (b'{"type":"event_callback"}', "application/json"),
        (b'{"type":5}', "application/json"),
        (b'{"command":5}', "application/json"),
    ],
    ids=lambda part: repr(part)[:40],
)
def test_a_body_that_is_no_request_of_slacks_is_refused(
    scene: Scene, body: bytes, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    refused(scene, post(scene, body, signed_headers(SECRET, body, time.time(), kind)), 400, caplog)


@pytest.mark.parametrize(
    "body", [b"", b"{}", b'{"type":"event_callback","event":{"type":"x"}}', b"a=b", b"%00"]
)
def test_an_object_that_nobody_expects_is_no_error(scene: Scene, body: bytes) -> None:
    kind = "application/json" if body.startswith(b"{") else FORM
    answer = post(scene, body, signed_headers(SECRET, body, time.time(), kind))
    assert answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR or "event" in body.decode()


def test_a_body_announced_as_over_a_mebibyte_is_refused(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    body = TELLTALE.encode() + b"x" * MIB
    refused(scene, post(scene, body, signed_headers(SECRET, body, time.time(), FORM)), 413, caplog)


def test_a_body_that_grows_over_a_mebibyte_is_refused(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    headers = signed_headers(SECRET, b"", time.time(), FORM)
    chunks = (TELLTALE.encode() + b"x" * 65_536 for _ in range(17))
    refused(scene, post(scene, chunks, headers), 413, caplog)


@pytest.mark.parametrize("length", ["abc", "-1", "9" * 400])
def test_a_wrong_length_is_never_a_server_error(scene: Scene, length: str) -> None:
    host, port = scene.bot.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as wire:
        wire.sendall(
            f"POST /slack/events HTTP/1.1\r\nHost: bot\r\nContent-Length: {length}\r\n\r\nx".encode()
        )
        wire.shutdown(socket.SHUT_WR)
        status = wire.recv(1000).split(b" ")[1:2]
    assert not status or status[0].startswith(b"4"), status


def test_elsewhere_there_is_nothing(scene: Scene) -> None:
    assert httpx.get(scene.url).status_code == httpx.codes.NOT_FOUND
    assert httpx.post(f"{scene.bot.address}/", content=b"x").status_code == httpx.codes.NOT_FOUND
    assert httpx.get(f"{scene.bot.address}/healthz").text == "ok"
    upgrade = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "a" * 22 + "==",
    }
    assert httpx.get(scene.url, headers=upgrade).status_code == httpx.codes.NOT_FOUND


def test_slacks_own_check_of_the_address_is_answered(scene: Scene) -> None:
    body = b'{"type":"url_verification","challenge":"abc","token":"t"}'
    answer = post(scene, body, signed_headers(SECRET, body, time.time(), "application/json"))
    assert (answer.status_code, answer.json()) == (200, {"challenge": "abc"})
