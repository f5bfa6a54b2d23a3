"""The rows of the fault matrix: number, name, and what does not exist yet where a row waits for it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    number: int
    name: str
    waits_for: str = ""


ROWS = (
    Row(1, "one request delivered two to four times, to two copies too"),
    Row(2, "a retry header, though the first attempt died"),
    Row(3, "two people, different stages, the same moment"),
    Row(4, "a button of an old card"),
    Row(5, "a double-click"),
    Row(6, "429 with Retry-After"),
    Row(7, "a post whose outcome is unknown"),
    Row(8, "killed between commit and post"),
    Row(9, "killed between post and mark"),
    Row(10, "killed in the middle of a digest", "digests"),
    Row(11, "two copies fire one digest", "digests"),
    Row(12, "down at digest time, back later", "digests"),
    Row(13, "down for three days", "digests"),
    Row(14, "clocks that change", "digests"),
    Row(15, "clock skew"),
    Row(16, "the database gone for 30 s"),
    Row(17, "the database slow, a row locked"),
    Row(18, "the pool exhausted"),
    Row(19, "the disk full"),
    Row(20, "an unfit database file"),
    Row(21, "a wrong setting"),
    Row(22, "token revoked, app uninstalled"),
    Row(23, "channel archived, left, deleted, private"),
    Row(24, "an owner who left, a guest, a stranger"),
    Row(25, "a scope is missing"),
    Row(26, "text beyond Slack's limits"),
    Row(27, "emoji, RTL, NUL, surrogates, long names"),
    Row(28, "a deal named like a mention or a link"),
    Row(29, "a CSV file of a million rows"),
    Row(30, "a malformed CSV file"),
    Row(31, "BOM, cp1252, UTF-16"),
    Row(32, "formulas in an export", "the export"),
    Row(33, "negative, NaN, infinite and odd amounts"),
    Row(34, "currencies that do not add up"),
    Row(35, "a forged signature"),
    Row(36, "garbage in the signature's headers"),
    Row(37, "a replay after five minutes"),
    Row(38, "a replay within five minutes"),
    Row(39, "no right, another workspace, a forged id"),
    Row(40, "the web form flooded", "the web form"),
    Row(41, "the web form: oversize, slow, bombs", "the web form"),
    Row(42, "the web form: XSS, headers, markup", "the web form"),
    Row(43, "the web form: CSRF and CORS", "the web form"),
    Row(44, "the web form sent twice", "the web form"),
    Row(45, "an event nobody listens to"),
    Row(46, "a handler that raises"),
    Row(47, "a slow Slack during a burst of clicks"),
    Row(48, "Socket Mode: disconnects, copies, redelivery"),
    Row(49, "SIGTERM during work"),
    Row(50, "a migration while the older version runs"),
)
