"""People of the workspace, and strangers met in shared channels."""

from dataclasses import dataclass, fields

from playground.words import Json

ZONE_OFFSETS = {"Europe/Berlin": 3600, "America/New_York": -18000, "Europe/London": 0, "UTC": 0}


@dataclass(frozen=True)
class Person:
    id: str
    name: str
    real_name: str
    is_admin: bool = False
    is_owner: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_bot: bool = False
    deleted: bool = False
    team_id: str = ""
    is_stranger: bool = False
    locale: str = "en-US"
    tz: str = "Europe/Berlin"
    email: str = ""
    title: str = ""

    def changed(self, **changes: object) -> "Person":
        return person_from({**vars(self), **changes})


def person_from(given: Json) -> Person:
    known = {field.name for field in fields(Person)}
    unknown = set(given) - known
    if unknown:
        raise ValueError(f"a person has no {sorted(unknown)}; it has {sorted(known)}")
    return Person(**given)


def told(person: Person, *, team_id: str, include_locale: bool, updated: int) -> Json:
    """The user object of users.info; Slack leaves the roles out for deactivated people."""
    shape: Json = {
        "id": person.id,
        "team_id": person.team_id or team_id,
        "name": person.name,
        "deleted": person.deleted,
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": updated,
        "profile": _profile(person, team_id),
    }
    if not person.deleted:
        shape |= _roles(person)
    if person.is_stranger:
        shape["is_stranger"] = True
    if include_locale and not person.deleted:
        shape["locale"] = person.locale
    return shape


def _roles(person: Person) -> Json:
    return {
        "real_name": person.real_name,
        "tz": person.tz,
        "tz_label": person.tz,
        "tz_offset": ZONE_OFFSETS.get(person.tz, 0),
        "is_admin": person.is_admin,
        "is_owner": person.is_owner,
        "is_primary_owner": False,
        "is_restricted": person.is_restricted,
        "is_ultra_restricted": person.is_ultra_restricted,
    }


def _profile(person: Person, team_id: str) -> Json:
    return {
        "real_name": person.real_name,
        "real_name_normalized": person.real_name,
        "display_name": person.name,
        "display_name_normalized": person.name,
        "title": person.title,
        "team": person.team_id or team_id,
        "image_72": f"https://avatars.example.com/{person.id}.png",
    }
