"""What the bot says, in English."""

from collections.abc import Sequence
from datetime import date

from handlers.texts import formats
from pipeline.deal import ChangeKind
from pipeline.money import Money
from pipeline.permissions import Act, Role
from pipeline.stages import Field, Stage


class English:
    """Arguments are shown as given: who calls escapes where the surface needs it."""

    locale = "en"

    # Words on buttons and labels. Slack shows some 30 characters of a button.
    undo = "Undo"
    reopen = "Reopen"
    open_form = "Open form"
    new_deal = "New deal"
    create = "Create"
    create_another = "Create another"
    save = "Save"
    close = "Close"
    cancel = "Cancel"
    post_card = "Post card here"
    open_card = "Go to card"
    move_to = "Move to …"
    done = "Done"
    unowned = "no owner"
    no_value = "no value"
    optional_note = "Note"
    value_hint = "For example 12k, €12,000 or USD 9000"
    people_title = "Roles"

    def stage(self, stage: Stage) -> str:
        return stage.english

    def money(self, value: Money) -> str:
        return formats.money(value, self.locale)

    def typed_money(self, value: Money) -> str:
        """As a person would type it, so that a form can be filled with it."""
        return formats.typed_money(value, self.locale)

    def day(self, value: date) -> str:
        return formats.day(value, self.locale)

    def number(self, value: int) -> str:
        return formats.number(value, self.locale)

    def field(self, field: Field) -> str:
        return {
            Field.TITLE: "Title",
            Field.COMPANY: "Company",
            Field.CONTACT: "Contact",
            Field.VALUE: "Value",
            Field.OWNER: "Owner",
            Field.NEED: "Need",
            Field.BUDGET: "Budget",
            Field.SOURCE: "Source",
            Field.CLOSE_ON: "Expected close",
            Field.NEXT_STEP: "Next step",
            Field.NEXT_STEP_ON: "Next step due",
            Field.REASON: "Reason for losing",
        }[field]

    def role(self, role: Role) -> str:
        return {
            Role.VIEWER: "viewer",
            Role.REP: "rep",
            Role.MANAGER: "manager",
            Role.ADMIN: "admin",
        }[role]

    # Cards

    def in_stage_since(self, stage: str) -> str:
        return f"{stage} since "

    def closed_since(self, stage: str) -> str:
        return f"{stage} "

    def next_step(self, step: str, due: str) -> str:
        return f"Next: {step} ({due})" if due else f"Next: {step}"

    def expected_close(self, day: str) -> str:
        return f"Expected close {day}"

    def lost_because(self, reason: str) -> str:
        return f"Reason: {reason}"

    def gaps(self, fields: Sequence[str]) -> str:
        return f"Missing: {', '.join(fields)}"

    def owned_by(self, name: str) -> str:
        return f"Owner {name}"

    def moved_card(self, code: str, title: str) -> str:
        return f"{code} {title}: the card is further down."

    def go_to(self, stage: str) -> str:
        return stage

    # Outcomes

    def created(self, code: str, title: str, stage: str, details: str) -> str:
        return f"{code} {title} is in {stage}{details}."

    def detail_value(self, value: str) -> str:
        return f", {value}"

    def detail_company(self, company: str) -> str:
        return f", {company}"

    def detail_close(self, day: str) -> str:
        return f", expected to close on {day}"

    def detail_owner(self, name: str) -> str:
        return f", owner {name}"

    def card_here(self) -> str:
        return "Its card is coming here."

    def card_in(self, channel: str) -> str:
        return f"Its card is coming in #{channel}."

    def card_follows(self) -> str:
        return "Its card follows as soon as I know this channel."

    def card_nowhere(self) -> str:
        return "It has no card yet: invite me to a channel (/invite @pipeline) and press “Post card here”."

    def no_card_for(self, code: str) -> str:
        return f"I could not post the card of {code}: invite me to the channel, then press “Post card here” in /deal show {code}."

    def card_stands(self, code: str) -> str:
        return f"The card of {code} stands here already."

    def offered_value(self, value: str) -> str:
        return f"Is {value} its value?"

    def set_value(self, value: str) -> str:
        return f"Value {value}"

    def moved(self, code: str, title: str, old: str, new: str, by: str) -> str:
        return f"{code} {title}: {old} → {new} by {by}."

    def undone(self, code: str, title: str, what: str) -> str:
        return f"{code} {title}: {what} taken back."

    def undone_to(self, code: str, title: str, stage: str) -> str:
        return f"{code} {title} is back in {stage}; the move was taken back."

    def edited(self, code: str, title: str, what: str) -> str:
        return f"{code} {title}: {what}."

    def voided(self, code: str, title: str) -> str:
        return f"{code} {title} was taken back and is void."

    def appointed(self, name: str, role: str) -> str:
        return f"{name} is {role} now."

    def undo_by_command(self, code: str) -> str:
        return f"To take it back: /deal undo {code}"

    def change(self, kind: ChangeKind) -> str:
        return {
            ChangeKind.CREATED: "created",
            ChangeKind.MOVED: "moved",
            ChangeKind.WON: "won",
            ChangeKind.LOST: "lost",
            ChangeKind.REOPENED: "reopened",
            ChangeKind.UNDONE: "taken back",
            ChangeKind.IMPORTED: "imported",
            ChangeKind.EDITED: "changed",
        }[kind]

    def history_line(self, what: str, by: str) -> str:
        return f"{what} by {by}, "

    def history_of(self, code: str, title: str) -> str:
        return f"History of {code} {title}"

    def history_more(self, shown: int, total: int) -> str:
        return f"The newest {shown} of {total} changes."

    def field_set(self, field: str, value: str) -> str:
        return f"{field}: {value}"

    def field_cleared(self, field: str) -> str:
        return f"{field} cleared"

    # Letters

    def won_first(self, code: str, title: str, value: str, by: str) -> str:
        return f"🎉 {code} {title} is won{value}: the first deal of this pipeline, closed by {by}."

    def won_biggest(self, code: str, title: str, value: str, by: str) -> str:
        return f"🎉 {code} {title} is won{value}: the biggest in 30 days, closed by {by}."

    def worth(self, value: str) -> str:
        return f", {value}"

    def win_taken_back(self, code: str, title: str) -> str:
        return f"{code} {title}: the win was taken back."

    def parked(self, channel: str, why: str) -> str:
        return f"I cannot post in {channel}: {why}. What waits is kept and sent once that is mended."

    def why_parked(self, error: str) -> str:
        return {
            "not_in_channel": "I am not a member any more (/invite @pipeline)",
            "is_archived": "the channel is archived",
            "channel_not_found": "the channel is gone or hidden from me",
            "restricted_action": "posting there is restricted",
            "missing_scope": "the app lacks a permission",
        }.get(error, f"Slack answers “{error}”")

    def stopped_by(self) -> str:
        return "You get this because a message of yours could not be posted."

    # Refusals: one sentence that names the word, and one example that works.

    def unknown_word(self, word: str) -> str:
        return f"I don't know “{word}”. For example: /deal move D-42 negotiation, or /deal help."

    def did_you_mean(self, what: str) -> str:
        return f"{what}?"

    def unknown_deal(self, word: str) -> str:
        return f"There is no deal “{word}”. For example: /deal show D-42, or a part of its title."

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
        return f"I don't know “{word}”. Name a person with @, for example: /deal people @ana manager."

    def unknown_role(self, word: str) -> str:
        return f"“{word}” is no role. For example: /deal people @ana manager (viewer, rep, manager, admin or auto)."

    def no_right(self, act: str, who: str) -> str:
        return f"{act} is for {who}. Nothing was changed."

    def act(self, act: Act) -> str:
        return {
            Act.LOOK: "Looking at deals",
            Act.CREATE: "Creating deals",
            Act.CHANGE: "Changing this deal",
            Act.UNDO: "Taking back somebody else's change",
            Act.IMPORT: "Importing",
            Act.PEOPLE: "Changing roles",
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
        return f"{code} {title} says that already."

    def deal_is_closed(self, code: str, title: str, stage: str) -> str:
        return f"{code} {title} is closed ({stage}). Reopen it first: /deal reopen {code}"

    def deal_is_open(self, code: str, title: str, stage: str) -> str:
        return f"{code} {title} is open already, in {stage}."

    def deal_is_void(self, code: str) -> str:
        return f"{code} was voided and does not change any more."

    def overtaken(self, code: str, title: str, what: str) -> str:
        return f"{code} {title} has changed: {what} Nothing was changed by you; this is how it stands."

    def moved_a_moment_ago(self, by: str, stage: str) -> str:
        return f"{by} moved it to {stage} a moment ago."

    def changed_a_moment_ago(self, by: str) -> str:
        return f"{by} changed it a moment ago."

    def gate_unmet(self, code: str, title: str, stage: str, fields: Sequence[str]) -> str:
        return f"{code} {title}: {stage} needs {', '.join(fields)}."

    def stage_archived(self, stage: str) -> str:
        return f"The stage {stage} is archived. Choose another."

    def made_already(self, code: str, title: str) -> str:
        return f"You made {code} {title} a minute ago; create another?"

    def nothing_to_undo(self, code: str) -> str:
        return f"The last change of {code} cannot be taken back. See /deal history {code}"

    def undo_too_late(self, code: str) -> str:
        return f"The last change of {code} is more than a day old; move it by hand: /deal move {code} …"

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

    def reason_missing(self, code: str) -> str:
        return f"Why was it lost? For example: /deal lost {code} too expensive"

    # Amounts and dates

    def amount_unreadable(self, word: str) -> str:
        return f"“{word}” is no amount that I can read for certain. For example: 12k, €12,000 or USD 9000."

    def amount_negative(self, word: str) -> str:
        return f"“{word}”: a value cannot be negative. For example: 12k"

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
        return f"“{word}” is no date that I can read. For example: 15.12., 2026-12-15, friday or in 3 weeks."

    def date_impossible(self, word: str) -> str:
        return f"“{word}” is not in the calendar. For example: 2026-12-15"

    def date_ambiguous(self, word: str, candidates: Sequence[str]) -> str:
        return f"“{word}” could be {' or '.join(candidates)}. Write 15.12. or 2026-12-15."

    def date_out_of_range(self, word: str) -> str:
        return f"“{word}” is too far away: years 2000 to 2100."

    def two_owners(self, word: str) -> str:
        return f"A deal has one owner; “{word}” would be the second. Name one person."

    # Forms

    def gate_title(self, code: str) -> str:
        return f"{code}: move"

    def gate_intro(self, code: str, title: str, stage: str) -> str:
        return f"{code} {title} → {stage} needs this first. Saving finishes the move."

    def changed_meanwhile(self, what: str) -> str:
        return f"It changed while you typed: {what} What you typed is kept; save again if it still holds."

    def result_title(self) -> str:
        return "Pipeline"

    # Home

    def home_title(self) -> str:
        return "My open deals"

    def home_count(self, shown: int, total: int) -> str:
        return f"{shown} of {total}, longest in their stage first" if shown < total else f"{total} open"

    def home_empty(self) -> str:
        return "No open deals are yours. Type /deal new Acme renewal 12k in a channel, or press the button."

    # Failures

    def not_saved(self) -> str:
        return "Not saved, try again in a moment: the database does not answer. Nothing was changed."

    def maybe_saved(self) -> str:
        return "The database went away while saving. Look with /deal show whether it is there before you try again."

    def starting(self) -> str:
        return "I am still starting. Try again in a few seconds."

    def incident(self, number: str) -> str:
        return f"That went wrong on my side. Nothing more will happen; tell your admin incident {number}."

    def wrong_workspace(self) -> str:
        return "This bot serves another workspace."

    # Help

    def help_title(self) -> str:
        return "Your pipeline in Slack"

    def help_stages(self, stages: str) -> str:
        return f"Stages: {stages}"

    def help_more(self) -> str:
        return "More on one word: /deal help move"

    def help_words(self, words: str) -> str:
        return f"Understood as: {words}"

    def help_right(self, who: str) -> str:
        return f"For {who}"

    def help_examples(self) -> str:
        return "For example"

    def as_of(self) -> str:
        return "as of "
