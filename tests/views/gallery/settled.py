"""What is said of stages and settings."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from handlers.answer import Answer
from handlers.said import outcome
from handlers.views import settings, stages
from pipeline.shapes import MoneyShown, Setting, Settled, Shape, Shaped
from pipeline.stages import Stay
from tests.views.gallery.sitter import LEADS, NOW, SALES, STRANGE, Sitter, Wall


def settled(sitter: Sitter) -> Wall:
    return {called: answer.message() for called, answer in (*_stages(sitter), *_settings(sitter))}


def _stages(sitter: Sitter) -> Iterator[tuple[str, Answer]]:
    pipeline, texts = sitter.pipeline, sitter.texts
    stage, into = sitter.stage("proposal"), sitter.stage("negotiation")
    counts = {each.id: each.position for each in pipeline.stages}
    part = [replace(each, archived=each.is_open and each.position > 3) for each in pipeline.stages]
    yield "stages", stages.listed(pipeline, counts, (), texts)
    yield (
        "stages_with_archived",
        stages.listed(replace(pipeline, stages=tuple(part)), {4: 1, 3: 1}, ["Partners", "Renewals"], texts),
    )
    measured = replace(stage, stay=Stay(18, timedelta(days=12), 64, NOW.date()))
    others = [measured if each.id == stage.id else each for each in pipeline.stages]
    yield "stages_measured", stages.listed(replace(pipeline, stages=tuple(others)), counts, (), texts)
    yield "stage_patience_measured", _said(sitter, Shaped(pipeline, measured, Shape.PATIENCE))
    for shape in Shape:
        done = Shaped(pipeline, replace(stage, english="Offer", german="Angebot"), shape, before=stage)
        yield f"stage_{shape}", _said(sitter, done)
    yield (
        "stage_renamed_alike",
        _said(sitter, Shaped(pipeline, replace(stage, german="Proposal"), Shape.RENAMED)),
    )
    yield "stage_gate_lifted", _said(sitter, Shaped(pipeline, replace(stage, gate=()), Shape.GATE))
    for moved in (0, 1, 5):
        done = Shaped(pipeline, stage, Shape.ARCHIVED, stage, into, moved)
        yield f"stage_archived_with_{moved}", _said(sitter, done)


def _settings(sitter: Sitter) -> Iterator[tuple[str, Answer]]:
    texts = sitter.texts
    values = {
        Setting.LANGUAGE: texts.language("de"),
        Setting.ZONE: "Europe/Berlin",
        Setting.CURRENCY: "EUR",
        Setting.MAIN_CHANNEL: "#sales",
    }
    for stored in (True, False):
        lines = [(setting, value, stored) for setting, value in values.items()]
        name = "settings_of_slack" if stored else "settings_of_environment"
        yield name, settings.listed(lines, texts, money=stored)
    alone = [(setting, value, True) for setting, value in values.items()]
    yield "settings_outside_channels", settings.listed(alone, texts, money=None)
    chosen = {**values, Setting.LANGUAGE: "de", Setting.MAIN_CHANNEL: LEADS}
    for setting, value in chosen.items():
        yield f"settled_{setting}", _said(sitter, Settled(setting, value))
        yield f"settled_{setting}_outside", _said(sitter, Settled(setting, None))
    yield "settled_strange_channel", _said(sitter, Settled(Setting.MAIN_CHANNEL, STRANGE))
    yield "money_shown", _said(sitter, MoneyShown(SALES, shown=True))
    yield "money_hidden", _said(sitter, MoneyShown(SALES, shown=False))


def _said(sitter: Sitter, done: Shaped | Settled | MoneyShown) -> Answer:
    work = sitter.work()
    return outcome(sitter.services(work), work, sitter.request(), done)
