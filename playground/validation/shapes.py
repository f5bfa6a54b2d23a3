"""The words in which Slack's limits are written down: what a field, an object, a list may hold."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from playground.validation.findings import Place, Problem, Surface

EVERYWHERE = frozenset(Surface)

Rule: TypeAlias = Callable[[Mapping[str, object], Place], Iterator[Problem]]
"""What one field cannot say alone: fields that exclude each other, ids that must differ, totals.

A rule sees an object before anybody has vouched for its parts, so it passes over what it cannot read."""


@dataclass(frozen=True)
class Form:
    pattern: str
    described: str


@dataclass(frozen=True)
class String:
    """Lengths count code points. Slack refuses an empty text nearly everywhere, so one is the least."""

    most: int | None = None
    least: int = 1
    form: Form | None = None


@dataclass(frozen=True)
class Choice:
    words: tuple[str, ...]


@dataclass(frozen=True)
class Whole:
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True)
class Number:
    pass


@dataclass(frozen=True)
class Flag:
    pass


@dataclass(frozen=True)
class Unjudged:
    """A field whose content is another's business: a rule beside it, or the method that was called."""


@dataclass(frozen=True)
class Items:
    item: "Kind"
    most: int | None = None
    least: int = 1
    gaps: bool = False  # null may stand for "nothing to say here"


@dataclass(frozen=True)
class Shape:
    required: Mapping[str, "Kind"] = field(default_factory=dict)
    optional: Mapping[str, "Kind"] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    surfaces: frozenset[Surface] = EVERYWHERE

    def kind_of(self, name: object) -> "Kind | None":
        if not isinstance(name, str):
            return None
        return self.required.get(name) or self.optional.get(name)


@dataclass(frozen=True)
class Family:
    """Objects told apart by their `type`."""

    noun: str
    members: Mapping[str, Shape]

    def only(self, *types: str) -> "Family":
        return Family(self.noun, {name: self.members[name] for name in types})


Kind: TypeAlias = String | Choice | Whole | Number | Flag | Unjudged | Items | Shape | Family
