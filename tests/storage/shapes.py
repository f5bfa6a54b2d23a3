"""What a database's tables are like, as far as a program that writes to them depends on it."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from sqlalchemy import Connection, inspect


@dataclass(frozen=True)
class Column:
    type: str
    nullable: bool
    has_default: bool


@dataclass(frozen=True)
class TableShape:
    columns: Mapping[str, Column]
    # What rows must fulfil, each in its own words.
    rules: AbstractSet[str] = field(default_factory=frozenset)


def shapes(connection: Connection) -> Mapping[str, TableShape]:
    looked = inspect(connection)
    found = {}
    for name in looked.get_table_names():
        columns = {
            each["name"]: Column(
                str(each["type"]),
                bool(each["nullable"]),
                each["default"] is not None or bool(each.get("autoincrement")),
            )
            for each in looked.get_columns(name)
        }
        unique: list[object] = [each["column_names"] for each in looked.get_unique_constraints(name)]
        unique += [each["column_names"] for each in looked.get_indexes(name) if each["unique"]]
        keys = [
            f"{each['constrained_columns']} in {each['referred_table']}"
            for each in looked.get_foreign_keys(name)
        ]
        checks = [each["sqltext"] for each in looked.get_check_constraints(name)]
        found[name] = TableShape(columns, frozenset([*(f"unique {each}" for each in unique), *keys, *checks]))
    return found


def taken_away(before: Mapping[str, TableShape], after: Mapping[str, TableShape]) -> Iterator[str]:
    """What a program that works with `before` would miss, or stumble over."""
    for name, table in before.items():
        if name not in after:
            yield f"{name} is gone"
        else:
            yield from _taken_from(name, table, after[name])


def _taken_from(name: str, before: TableShape, after: TableShape) -> Iterator[str]:
    for called, column in before.columns.items():
        left = after.columns.get(called)
        if left is None:
            yield f"{name}.{called} is gone"
        elif left.type != column.type:
            yield f"{name}.{called} is {left.type}, no longer {column.type}"
        elif column.nullable and not left.nullable:
            yield f"{name}.{called} must be filled now"
        elif column.has_default and not left.has_default:
            yield f"{name}.{called} has lost its default"
    for called in after.columns.keys() - before.columns.keys():
        if not after.columns[called].nullable and not after.columns[called].has_default:
            yield f"{name}.{called} must be filled, and an older copy does not know it"
    for rule in sorted(after.rules - before.rules):
        yield f"{name} has a new rule: {rule}"
