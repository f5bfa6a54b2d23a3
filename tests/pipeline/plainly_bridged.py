"""A bridge as it would be reckoned by hand, one deal after another; see plainly.py."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from pipeline.bridge import Course, Reason, Scope, Standing
from pipeline.stages import StageKind

Steps = Mapping[Reason, Sequence[tuple[int, Mapping[str, int]]]]


def is_in(standing: Standing | None, scope: Scope) -> bool:
    if standing is None or standing.void or standing.kind is not StageKind.OPEN:
        return False
    if standing.pipeline_id != scope.pipeline_id:
        return False
    if scope.owner_ids and standing.owner_id not in scope.owner_ids:
        return False
    if scope.closing is None:
        return True
    return standing.close_on is not None and scope.closing[0] <= standing.close_on <= scope.closing[1]


def worth(standings: Iterable[Standing | None], scope: Scope) -> dict[str, int]:
    total: Counter[str] = Counter()
    for each in standings:
        if each and each.value and is_in(each, scope):
            total[each.value.currency] += each.value.minor
    return {currency: minor for currency, minor in total.items() if minor}


def steps(courses: Sequence[Course], scope: Scope) -> Steps:
    found: dict[Reason, list[tuple[int, Mapping[str, int]]]] = {}
    for course in courses:
        reason = _reason(course, scope)
        if reason:
            now, then = (worth([each], scope) for each in (course.after, course.before))
            change = {
                currency: now.get(currency, 0) - then.get(currency, 0)
                for currency in now.keys() | then.keys()
            }
            kept = {currency: minor for currency, minor in change.items() if minor}
            found.setdefault(reason, []).append((course.number, kept))
    return found


def _reason(course: Course, scope: Scope) -> Reason | None:
    before, after = course.before, course.after
    match is_in(before, scope), is_in(after, scope):
        case False, False:
            return None
        case True, True:
            return _changed(before, after)
        case False, True:
            return _came(before, scope)
        case _:
            return _went(after, scope)


def _changed(before: Standing | None, after: Standing | None) -> Reason | None:
    was, now = before and before.value, after and after.value
    if was == now:
        return None
    if was and now and was.currency != now.currency:
        return Reason.CURRENCY
    return Reason.DECREASED if (now.minor if now else 0) < (was.minor if was else 0) else Reason.INCREASED


def _came(before: Standing | None, scope: Scope) -> Reason:
    if before is None:
        return Reason.NEW
    if before.void or before.kind is not StageKind.OPEN:
        return Reason.REOPENED
    return Reason.PULLED_IN if _is_theirs(before, scope) else Reason.MOVED_IN


def _went(after: Standing | None, scope: Scope) -> Reason:
    if after is None or after.void:
        return Reason.REMOVED
    ends = {StageKind.WON: Reason.WON, StageKind.LOST: Reason.LOST}
    if after.kind in ends:
        return ends[after.kind]
    return Reason.PUSHED_OUT if _is_theirs(after, scope) else Reason.MOVED_OUT


def _is_theirs(standing: Standing, scope: Scope) -> bool:
    mine = not scope.owner_ids or standing.owner_id in scope.owner_ids
    return mine and standing.pipeline_id == scope.pipeline_id
