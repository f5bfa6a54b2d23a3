"""A deal's fields as columns of its row."""

from collections.abc import Mapping
from dataclasses import fields as dataclass_fields
from typing import Any

from pipeline.deal import Deal
from pipeline.names import fold

FIELDS = tuple(field.name for field in dataclass_fields(Deal))


def changed(before: Deal, after: Deal) -> dict[str, Any]:
    differing = {name: value for name in FIELDS if (value := getattr(after, name)) != getattr(before, name)}
    return _columns(differing)


def _columns(said: Mapping[str, Any]) -> dict[str, Any]:
    """Fields as columns: money in two of them, names beside their folded form."""
    columns = dict(said)
    if "value" in said:
        money = said["value"]
        columns["value"] = money.minor if money else None
        columns["currency"] = money.currency if money else None
    if said.get("category"):
        columns["category"] = said["category"].value
    for name in ("title", "company", "contact"):
        if name in said:
            columns[f"folded_{name}"] = fold(said[name])
    return columns


def stored(deal: Deal) -> dict[str, Any]:
    """The deal's columns but its id, as they are written."""
    return _columns({name: getattr(deal, name) for name in FIELDS if name != "id"})
