"""What listeners are given: built once in bot.app, handed to each request by the one middleware."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from slack_sdk import WebClient

from handlers.directory import Directory
from handlers.house import House
from handlers.newer_blocks import NewerBlocks
from pipeline.people import Workspace
from pipeline.ports import Archive


@dataclass(frozen=True, slots=True)
class Services:
    archive: Archive
    house: House
    directory: Directory
    slack: WebClient
    workspace: Callable[[], Workspace | None]
    clock: Callable[[], datetime]
    wake: Callable[[], None]
    channel_is_back: Callable[[str, str], None]
    permalink: Callable[[str, str], str]
    newer: NewerBlocks
    speak: Callable[[str, str], None]
    """Best effort, from memory: post a text to a response URL while the archive is down."""
