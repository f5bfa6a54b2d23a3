"""What is said of a workspace's settings."""

from collections.abc import Sequence

from handlers import blocks
from handlers.answer import Answer, told
from handlers.blocks import rich, words
from handlers.slack_text import isolate
from handlers.texts.english import English
from handlers.texts.languages import texts as texts_of
from pipeline.shapes import Setting, Settled

Line = tuple[Setting, str, bool]
"""A setting, its value as shown, and whether it was set in Slack."""


def listed(lines: Sequence[Line], texts: English, *, money: bool | None) -> Answer:
    """`money` tells whether the channel shows amounts; None where it was not asked for in one."""
    said = [
        [
            words(texts.setting(setting), bold=True),
            words(f"  {isolate(value)} ({texts.set_in_slack() if stored else texts.set_outside()})"),
        ]
        for setting, value, stored in lines
    ]
    shown = [blocks.header(texts.settings_title()), rich(*said)]
    if money is not None:
        here = texts.money_shown_here() if money else texts.money_hidden_here()
        shown.append(blocks.section(here))
    return Answer(blocks.read_out(shown), (*shown, blocks.context(texts.settings_more())))


def settled(done: Settled, texts: English, channel: str | None) -> Answer:
    """`channel` is the name of the main channel, as far as it is known."""
    name = texts.setting(done.setting)
    if done.value is None:
        return told(texts.setting_outside(name))
    if done.setting is Setting.LANGUAGE:
        return told(texts.setting_is(name, texts.language(texts_of(done.value).locale)))
    if done.setting is Setting.MAIN_CHANNEL and channel is None:
        return told(texts.main_channel_unseen())
    value = channel if channel and done.setting is Setting.MAIN_CHANNEL else done.value
    return told(texts.setting_is(name, isolate(value)))
