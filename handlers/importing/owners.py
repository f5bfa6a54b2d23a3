"""Whom the owners that a file names are, among the people of the workspace."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pipeline.names import fold


def by_name(named: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Ids by folded name, of pairs of a name and an id. Two people of one name are nobody's match."""
    called: defaultdict[str, set[str]] = defaultdict(set)
    for name, person_id in named:
        called[fold(name)].add(person_id)
    return {name: ids.pop() for name, ids in called.items() if name and len(ids) == 1}


def owner_named(people: Mapping[str, str], name: str) -> str | None:
    """Sales programs write `Miller, Bob` as well as `Bob Miller`."""
    last, comma, first = name.partition(",")
    turned = f"{first} {last}" if comma else name
    return people.get(fold(name)) or people.get(fold(turned))
