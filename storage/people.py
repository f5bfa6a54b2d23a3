"""People, their roles, and channels."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from pipeline.people import Channel, Person, Standing
from pipeline.permissions import Role
from storage.engine import upsert
from storage.hot import Hot
from storage.post_tables import CardRow
from storage.tables import ChannelRow, DealRow, PersonRow, WorkspaceRow
from storage.transaction import Transaction

_PERSON_COLUMNS = (
    PersonRow.workspace_id,
    PersonRow.id,
    PersonRow.name,
    PersonRow.slack_role,
    PersonRow.stored_role,
    PersonRow.language,
    PersonRow.zone,
    PersonRow.active,
    PersonRow.standing,
)
_PERSON = Hot(
    select(*_PERSON_COLUMNS).where(
        PersonRow.workspace_id == bindparam("workspace"), PersonRow.id == bindparam("id")
    )
)
_CHANNEL = select(ChannelRow.__table__).where(
    ChannelRow.workspace_id == bindparam("workspace"), ChannelRow.id == bindparam("id")
)


class People:
    __slots__ = ("_tx",)

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def get(self, person_id: str) -> Person | None:
        row = self._tx.row(_PERSON, {"workspace": self._tx.workspace_id, "id": person_id})
        return _person(row) if row else None

    def keep(self, person: Person, at: datetime) -> None:
        row = {
            "workspace_id": self._tx.workspace_id,
            "id": person.id,
            "name": person.name,
            "slack_role": person.slack_role.value,
            "language": person.language,
            "zone": person.zone,
            "active": person.active,
            "standing": person.standing.value,
            "refreshed_at": at,
        }
        self._tx.execute(upsert(self._tx.dialect, PersonRow, row))

    def seen_before(self, moment: datetime, limit: int) -> Sequence[str]:
        """Who was described longest ago."""
        statement = (
            select(PersonRow.id)
            .where(PersonRow.workspace_id == self._tx.workspace_id, PersonRow.refreshed_at < moment)
            .order_by(PersonRow.refreshed_at)
            .limit(limit)
        )
        return tuple(self._tx.execute(statement).scalars())

    def roles(self) -> Sequence[Person]:
        statement = (
            select(*_PERSON_COLUMNS)
            .where(PersonRow.workspace_id == self._tx.workspace_id, PersonRow.active)
            .order_by(PersonRow.name)
        )
        return tuple(_person(row) for row in self._tx.execute(statement))

    def absent_owners(self) -> Sequence[Person]:
        """Who is written down as the owner of a deal and does not count as one."""
        owners = select(DealRow.owner_id).where(
            DealRow.workspace_id == self._tx.workspace_id, DealRow.voided_at.is_(None)
        )
        statement = select(*_PERSON_COLUMNS).where(
            PersonRow.workspace_id == self._tx.workspace_id, PersonRow.id.in_(owners)
        )
        people = map(_person, self._tx.execute(statement))
        return tuple(person for person in people if person.absence)

    def unmet_owners(self) -> Sequence[str]:
        """Who owns a deal and is not written down."""
        met = select(PersonRow.id).where(PersonRow.workspace_id == self._tx.workspace_id)
        statement = (
            select(DealRow.owner_id)
            .distinct()
            .where(
                DealRow.workspace_id == self._tx.workspace_id,
                DealRow.owner_id.is_not(None),
                DealRow.owner_id.not_in(met),
            )
        )
        return tuple(self._tx.execute(statement).scalars())

    def appoint(self, person_id: str, role: Role | None) -> None:
        self._tx.execute(
            update(PersonRow)
            .where(PersonRow.workspace_id == self._tx.workspace_id, PersonRow.id == person_id)
            .values(stored_role=role.value if role else None)
        )

    def admins(self) -> Sequence[str]:
        # Not the strongest lock: every row that names the workspace would wait for it.
        workspace = select(WorkspaceRow.id).where(WorkspaceRow.id == self._tx.workspace_id)
        self._tx.execute(workspace.with_for_update(key_share=True))
        return tuple(person.id for person in self.roles() if person.role is Role.ADMIN)

    def direct_channel(self, person_id: str) -> str | None:
        statement = select(PersonRow.direct_channel).where(
            PersonRow.workspace_id == self._tx.workspace_id, PersonRow.id == person_id
        )
        channel: str | None = self._tx.execute(statement).scalar()
        return channel

    def keep_direct_channel(self, person_id: str, channel_id: str) -> None:
        self._tx.execute(
            update(PersonRow)
            .where(PersonRow.workspace_id == self._tx.workspace_id, PersonRow.id == person_id)
            .values(direct_channel=channel_id)
        )


class Channels:
    __slots__ = ("_tx",)

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def get(self, channel_id: str) -> Channel | None:
        row = self._tx.execute(_CHANNEL, {"workspace": self._tx.workspace_id, "id": channel_id}).first()
        if row is None:
            return None
        return Channel(
            workspace_id=row.workspace_id,
            id=row.id,
            name=row.name,
            member=row.member,
            private=row.private,
            shared=row.shared,
            archived=row.archived,
            direct=row.direct,
            money_off=row.money_off,
            known=True,
        )

    def keep(self, channel: Channel, at: datetime) -> None:
        row = {
            "workspace_id": self._tx.workspace_id,
            "id": channel.id,
            "name": channel.name,
            "member": channel.member,
            "private": channel.private,
            "shared": channel.shared,
            "archived": channel.archived,
            "direct": channel.direct,
            "money_off": channel.money_off,
            "refreshed_at": at,
        }
        self._tx.execute(upsert(self._tx.dialect, ChannelRow, row, keep=("money_off",)))

    def show_money(self, channel_id: str, *, shown: bool) -> None:
        self._tx.execute(
            update(ChannelRow)
            .where(ChannelRow.workspace_id == self._tx.workspace_id, ChannelRow.id == channel_id)
            .values(money_off=not shown)
        )

    def seen_before(self, moment: datetime, limit: int) -> Sequence[str]:
        """Living channels that were described longest ago."""
        statement = (
            select(ChannelRow.id)
            .where(
                ChannelRow.workspace_id == self._tx.workspace_id,
                ChannelRow.refreshed_at < moment,
                ChannelRow.member,
                ~ChannelRow.archived,
            )
            .order_by(ChannelRow.refreshed_at)
            .limit(limit)
        )
        return tuple(self._tx.execute(statement).scalars())

    def carded(self, deal_id: int) -> str | None:
        statement = (
            select(CardRow.channel_id)
            .where(CardRow.deal_id == deal_id, CardRow.state == "living")
            .order_by(CardRow.id.desc())
            .limit(1)
        )
        channel: str | None = self._tx.execute(statement).scalar()
        return channel


def _person(row: Sequence[Any]) -> Person:
    workspace_id, person_id, name, slack_role, stored_role, language, zone, active, standing = row
    return Person(
        workspace_id=workspace_id,
        id=person_id,
        name=name,
        slack_role=Role(slack_role),
        stored_role=Role(stored_role) if stored_role else None,
        language=language,
        zone=zone,
        active=active,
        standing=Standing(standing),
    )
