"""Versions of the program before and after this one, as far as the database can tell them apart."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

import storage.migrate as migrating
from storage.engine import connect
from storage.schema import HEAD

_SCRIPT = '''"""A later version's change."""

import sqlalchemy as sa
from alembic import op

from storage.fence import raise_fence

revision = "{revision}"
down_revision = "{before}"


def upgrade() -> None:
    {upgrade}
'''
EXPANDED = "9001"
CONTRACTED = "9002"
# What a later version may do beside this one, and what it may not.
EXPANDING = """op.add_column("deals", sa.Column("colour", sa.String(length=8), server_default="grey", nullable=False))
    op.create_table("hues", sa.Column("id", sa.Integer(), primary_key=True))"""
CONTRACTING = f"""op.drop_column("deals", "budget")
    raise_fence(op.get_bind(), "{CONTRACTED}")"""


def scripts(folder: Path, later: Mapping[str, str], *, until: str = HEAD) -> Path:
    """The migrations up to `until`, and after them those whose revision and upgrade are given."""
    found = folder / "migrations"
    shutil.copytree(Path(migrating.__file__).parent / "migrations", found, dirs_exist_ok=True)
    for script in (found / "versions").glob("r*.py"):
        if script.name[1:5] > until:
            script.unlink()
    for before, (revision, upgrade) in zip((until, *later), later.items(), strict=False):
        written = _SCRIPT.format(revision=revision, before=before, upgrade=upgrade)
        (found / "versions" / f"r{revision}_later.py").write_text(written)
    return found


def newest(migrations: Path) -> str:
    return max(script.name[1:5] for script in (migrations / "versions").glob("r*.py"))


def become(patch: pytest.MonkeyPatch, migrations: Path, head: str) -> None:
    """Make this process the program whose newest migration is `head`."""
    patch.setattr("storage.migrate._SCRIPTS", str(migrations))
    for module in ("migrate", "engine", "fence"):
        patch.setattr(f"storage.{module}.HEAD", head)


def bring(url: str, migrations: Path) -> None:
    """As `pipeline-bot migrate` of the version whose migrations these are."""
    with pytest.MonkeyPatch.context() as patch:
        become(patch, migrations, newest(migrations))
        engine = connect(url, pool_size=1)
        migrating.migrate(engine)
        engine.dispose()
