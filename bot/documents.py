"""Tables of the README that the program itself knows best: commands, roles and settings."""

from collections.abc import Iterable, Mapping, Sequence

from bot.settings import EXAMPLES, Settings, variable
from handlers.grammar import COMMANDS
from pipeline.permissions import Act, Role, may

# What people do in Slack; the command line's import asks for nobody's role.
DOES: Mapping[Act, str] = {
    Act.LOOK: "look at deals and their history",
    Act.CREATE: "create deals and post their cards",
    Act.CHANGE: "change, move, win, lose, merge and void deals",
    Act.NOTE: "write notes on any deal",
    Act.CALL: "say what will be won (calls)",
    Act.TARGETS: "set targets",
    Act.UNDO: "take changes back",
    Act.PEOPLE: "grant roles",
    Act.FORGET: "have a contact forgotten",
    Act.STAGES: "shape the stages, make and rename pipelines",
    Act.SETTINGS: "settle language, zone, currency and channels",
}
OWN: Mapping[Act, str] = {
    Act.CHANGE: "own and unowned ones",
    Act.CALL: "of their own deals",
    Act.UNDO: "their own",
}
WHO: Mapping[Role, str] = {
    Role.VIEWER: "viewer (Slack's guests)",
    Role.REP: "rep (full members)",
    Role.MANAGER: "manager",
    Role.ADMIN: "admin (Slack's owners and admins)",
}

HEAD = """\
# Settings of pipeline-bot: copy this file to .env and fill in the two tokens.
# What is set in the environment counts more than what stands here."""


def commands_table() -> str:
    rows = [
        (f"`/deal {command.usage[0]}`", f"`/deal {command.usage[1]}`", command.does[0])
        for command in COMMANDS
    ]
    return _table(("Command", "German", "What it does"), rows)


def roles_table() -> str:
    rows = [(DOES[act], *(_reach(role, act) for role in Role)) for act in DOES]
    return _table(("May", *(WHO[role] for role in Role)), rows)


def settings_table() -> str:
    described = {variable(name): field for name, field in Settings.model_fields.items()}
    rows = []
    for name, example in EXAMPLES.items():
        field = described[name]
        default = "**required**" if field.is_required() else f"`{field.default}`" if field.default else ""
        rows.append((f"`{name}`", str(field.description), default, f"`{example}`"))
    return _table(("Setting", "What it is", "Without it", "For example"), rows)


def example_file() -> str:
    """`.env.example`: what Socket Mode needs stands ready, the rest waits behind a `#`."""
    described = {variable(name): str(field.description) for name, field in Settings.model_fields.items()}
    parts = [HEAD]
    for name, example in EXAMPLES.items():
        mark = "" if name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN") else "# "
        parts.append(f"# {described[name]}.\n{mark}{name}={example}")
    return "\n\n".join(parts) + "\n"


def _reach(role: Role, act: Act) -> str:
    if may(role, act, own=False):
        return "yes"
    return OWN[act] if may(role, act, own=True) else "no"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)
