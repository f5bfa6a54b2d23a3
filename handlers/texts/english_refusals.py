"""What the bot says in English of what was not understood or not done."""

from collections.abc import Sequence

from handlers.texts.formats import in_brackets
from pipeline.permissions import Act, Role


class EnglishRefusals:
    """One sentence that names the word, and one example that works."""

    def unknown_word(self, word: str) -> str:
        return f"I don't know “{word}”. For example: /deal move D-42 negotiation, or /deal help."

    def show_help(self) -> str:
        return "Show what I understand"

    def did_you_mean(self, what: str) -> str:
        return f"{what}?"

    def unknown_deal(self, word: str, code: str) -> str:
        return f"There is no deal “{word}”. For example: /deal show {code}, or a part of its title."

    def which_deal(self, example: str) -> str:
        return f"Which deal? For example: {example}"

    def several_deals(self, word: str, shown: int, total: int) -> str:
        if shown < total:
            return f"Several deals match “{word}”; these changed last. More of the name narrows it down."
        return f"Several deals match “{word}”. Which one?"

    def unknown_stage(self, word: str, stages: str) -> str:
        return f"There is no stage “{word}”. Stages are: {stages}."

    def which_stage(self, code: str, stages: str) -> str:
        return f"Which stage? For example: /deal move {code} negotiation. Stages are: {stages}."

    def unknown_person(self, word: str) -> str:
        return f"I don't know “{word}”. Name a person with @, for example: /deal people @ana manager"

    def unknown_role(self, word: str) -> str:
        return f"“{word}” is no role. For example: /deal people @ana manager (viewer, rep, manager, admin or auto)"

    def any_undoing(self) -> str:
        return "Taking changes back"

    def call_for_all(self) -> str:
        return "Saying what everybody will win"

    def which_role(self) -> str:
        return "Which role? For example: /deal people @ana manager (viewer, rep, manager, admin or auto)"

    def no_right(self, act: str, who: str) -> str:
        return f"{act} is for {who}. Nothing was changed."

    def act(self, act: Act) -> str:
        return {
            Act.LOOK: "Looking at deals",
            Act.CREATE: "Creating deals",
            Act.CHANGE: "Changing this deal",
            Act.NOTE: "Writing notes",
            Act.CALL: "Saying what will be won",
            Act.TARGETS: "Setting targets",
            Act.UNDO: "Taking back somebody else's change",
            Act.IMPORT: "Importing",
            Act.PEOPLE: "Changing roles",
            Act.FORGET: "Having a contact forgotten",
            Act.STAGES: "Shaping the stages",
            Act.SETTINGS: "Changing the settings",
        }[act]

    def who_may(self, role: Role, owner: str | None) -> str:
        at_least = {
            Role.VIEWER: "everybody",
            Role.REP: "full members (reps, managers, admins)",
            Role.MANAGER: "managers and admins",
            Role.ADMIN: "admins",
        }[role]
        return f"{owner} (its owner), {at_least}" if owner else at_least

    def already_there(self, code: str, title: str, stage: str) -> str:
        return f"{code} {title} is in {stage} already."

    def already_said(self, code: str, title: str) -> str:
        return f"Nothing to change: {code} {title} is like that already."

    def already_has(self, code: str, title: str, said: str) -> str:
        return f"Nothing to change: {code} {title} has “{said}” already."

    def already_without(self, code: str, title: str, fields: str) -> str:
        return f"Nothing to change: {code} {title} has nothing under “{fields}”."

    def deal_is_closed(self, code: str, title: str, stage: str) -> str:
        return f"{code} {title} is closed ({stage}). Reopen it first: /deal reopen {code}"

    def deal_is_open(self, code: str, title: str, stage: str) -> str:
        return f"{code} {title} is open already, in {stage}."

    def deal_is_void(self, code: str) -> str:
        return f"{code} was voided and does not change any more."

    def overtaken(self, code: str, title: str, what: str) -> str:
        happened = f": {what}" if what else " has changed meanwhile."
        return f"{code} {title}{happened} You changed nothing; this is how it stands now."

    def moved_a_moment_ago(self, by: str, stage: str) -> str:
        return f"{by} moved it to {stage} a moment ago."

    def changed_a_moment_ago(self, by: str, fields: Sequence[str]) -> str:
        return f"{by} changed it a moment ago{in_brackets(fields)}."

    def moved_since(self, by: str, stage: str) -> str:
        return f"{by} has moved it to {stage} since."

    def changed_since(self, by: str, fields: Sequence[str]) -> str:
        return f"{by} has changed it since{in_brackets(fields)}."

    def gate_unmet(self, code: str, title: str, stage: str, fields: Sequence[str]) -> str:
        return f"{code} {title}: {stage} needs {', '.join(fields)}."

    def first_gate(self, stage: str, fields: Sequence[str]) -> str:
        return f"A new deal begins in {stage}, which needs {', '.join(fields)}. Add it in the form; what you typed is kept."

    def stage_archived(self, stage: str) -> str:
        return f"The stage {stage} is archived. Choose another."

    def made_already(self, code: str, title: str) -> str:
        return f"You made {code} {title} a minute ago; create another?"

    def nothing_to_undo(self, code: str) -> str:
        return f"The last change of {code} cannot be taken back. What happened: /deal history {code}"

    def undo_too_late(self, code: str) -> str:
        return f"The last change of {code} is more than a day old and stays; move it by hand: /deal move {code} …"

    def last_admin(self) -> str:
        return "This is the last admin; name another one first: /deal people @olga admin"

    def title_missing(self) -> str:
        return "The deal needs a title. For example: /deal new Acme renewal 12k at Acme by 15.12."

    def empty_field(self, field: str) -> str:
        return f"{field} must not be empty."

    def too_long(self, field: str, limit: int) -> str:
        return f"{field} is too long: {limit} characters at most."

    def forbidden_character(self, field: str) -> str:
        return f"{field} holds a character that cannot be stored (a control character or half of one)."

    # Amounts and dates

    def amount_unreadable(self, word: str) -> str:
        return f"“{word}” is no amount that I can read for certain. For example: 12k, €12,000 or USD 9000"

    def amount_negative(self, word: str) -> str:
        return f"“{word}”: a value cannot be negative. For example: 12k"

    def two_amounts(self, word: str) -> str:
        return f"A deal has one value; “{word}” would be the second. For example: 12k"

    def amount_not_finite(self, word: str) -> str:
        return f"“{word}” is no number. For example: 12k"

    def amount_too_large(self, word: str) -> str:
        return f"“{word}” is more than a deal can hold (under 10 trillion). For example: 1.5m"

    def amount_too_precise(self, word: str, currency: str) -> str:
        return f"“{word}” has more decimals than {currency} knows. For example: 12,000 {currency}"

    def currency_unknown(self, word: str) -> str:
        return f"“{word}” is no currency that I know. For example: 12,000 EUR"

    def currency_ambiguous(self, word: str) -> str:
        return f"“{word}” could be more than one currency. Write its code, for example: 12,000 USD"

    def date_unreadable(self, word: str) -> str:
        return f"“{word}” is no date that I can read. For example: 15.12., 2030-12-15, friday or in 3 weeks"

    def close_date_unreadable(self, word: str) -> str:
        return f'“{word}” is no date that I can read. For example: by 15.12., by friday or by week 51; a title with such words goes in quotes: /deal new "Stand by May" 12k'

    def date_impossible(self, word: str) -> str:
        return f"“{word}” is not in the calendar. For example: 2030-12-15"

    def date_ambiguous(self, word: str, candidates: Sequence[str]) -> str:
        return f"“{word}” could be {' or '.join(candidates)}. Write it like 15.12. or 2030-12-15"

    def date_out_of_range(self, word: str) -> str:
        return f"“{word}” is too far away: years 2000 to 2100."

    def unknown_owner(self, word: str) -> str:
        return f"I don't know “{word}”. Pick the person from Slack's list, or put a title with an @ in quotes: /deal new \"Booth @expo\" 12k"

    def two_owners(self, word: str) -> str:
        return f"A deal has one owner; “{word}” would be the second. Name one person."
