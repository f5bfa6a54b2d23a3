"""What the bot says, in English."""

from collections.abc import Sequence
from datetime import date

from handlers.texts import formats
from handlers.texts.english_bottlenecks import EnglishBottlenecks
from handlers.texts.english_bridge import EnglishBridge
from handlers.texts.english_calls import EnglishCalls
from handlers.texts.english_care import EnglishCare
from handlers.texts.english_charts import EnglishCharts
from handlers.texts.english_finding import EnglishFinding
from handlers.texts.english_forecast import EnglishForecast
from handlers.texts.english_outcomes import EnglishOutcomes
from handlers.texts.english_pipelines import EnglishPipelines
from handlers.texts.english_priority import EnglishPriority
from handlers.texts.english_refusals import EnglishRefusals
from handlers.texts.english_settings import EnglishSettings
from pipeline.money import Money
from pipeline.people import Absence
from pipeline.permissions import Role
from pipeline.stages import Field, Stage


class English(
    EnglishCare,
    EnglishCharts,
    EnglishFinding,
    EnglishBottlenecks,
    EnglishForecast,
    EnglishCalls,
    EnglishPriority,
    EnglishBridge,
    EnglishSettings,
    EnglishPipelines,
    EnglishOutcomes,
    EnglishRefusals,
):
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
    unowned = "no owner"
    no_value = "no value"
    void = "void"
    optional_note = "Note"
    value_hint = "For example 12k, €12,000 or USD 9000"
    people_title = "Roles"

    def wording(self, of_command: tuple[str, str]) -> str:
        """A command's words in this language, from its English and its German ones."""
        return of_command[0]

    def stage(self, stage: Stage) -> str:
        return stage.english

    def money(self, value: Money) -> str:
        return formats.money(value, self.locale)

    def total(self, minor: int, currency: str) -> str:
        """A sum, which may be larger than any deal's value."""
        return formats.total(minor, currency, self.locale)

    def typed_money(self, value: Money) -> str:
        """As a person would type it, so that a form can be filled with it."""
        return formats.typed_money(value, self.locale)

    def day(self, value: date) -> str:
        return formats.day(value, self.locale)

    def day_in_words(self, value: date) -> str:
        return formats.day_in_words(value, self.locale)

    def number(self, value: float) -> str:
        return formats.number(value, self.locale)

    def fine_number(self, value: float) -> str:
        return formats.fine_number(value, self.locale)

    def lasting(self, days: float) -> str:
        """A time as short as it can be said; the units are the same in both languages."""
        hours = days * 24
        if round(hours) < 1:
            return "< 1 h"
        return f"{round(hours)} h" if days < 1 else f"{self.number(days)} d"

    def weekday(self, value: date) -> str:
        return formats.weekday(value, self.locale)

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
            Field.NURTURE_UNTIL: "Parked until",
            Field.SNOOZED_UNTIL: "Snoozed until",
            Field.CATEGORY: "Forecast category",
        }[field]

    def role(self, role: Role) -> str:
        return {
            Role.VIEWER: "viewer",
            Role.REP: "rep",
            Role.MANAGER: "manager",
            Role.ADMIN: "admin",
        }[role]

    # What a screen reader says of a button whose face is short.

    def move_label(self, code: str, stage: str) -> str:
        return f"Move {code} to {stage}"

    def undo_label(self, code: str) -> str:
        return f"Undo the last change of {code}"

    def reopen_label(self, code: str) -> str:
        return f"Reopen {code}"

    # Cards. A moment follows: "2 days ago", or a date.

    def in_stage_since(self, stage: str) -> str:
        return f"{stage}, entered "

    def closed_since(self, stage: str) -> str:
        return f"{stage}, closed "

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

    def left_unowned(self, name: str, absent: str) -> str:
        return f"no owner - was {name}, {absent}"

    def absence(self, absence: Absence) -> str:
        return {
            Absence.LEFT: "who left",
            Absence.GUEST: "who is a guest",
            Absence.OUTSIDER: "who is of another organisation",
            Absence.ONLOOKER: "who may only look",
        }[absence]

    def moved_card(self, code: str, title: str) -> str:
        return f"{code} {title}: its card is now further down."

    # Forms

    def gate_title(self, code: str) -> str:
        return f"Move {code}"

    def gate_intro(self, code: str, title: str, stage: str) -> str:
        return f"{code} {title} → {stage}: please fill this in. Saving finishes the move."

    def changed_meanwhile(self, what: str) -> str:
        return (
            f"The deal changed while you typed. {what} What you typed is kept; save again if it still holds."
        )

    def result_title(self) -> str:
        return "Pipeline"

    # Home

    def home_title(self) -> str:
        return "My open deals"

    home_attention = "Need attention"
    home_on_track = "On track"
    home_parked = "Parked"

    def home_count(self, shown: int, total: int) -> str:
        if shown == total:
            return f"{total:,} open"
        return f"{shown} of {total:,}, what needs attention first. All of them: /deal list mine"

    def home_unowned(self, shown: int, total: int) -> str:
        return f"Nobody's yet ({shown} of {total:,}, newest first)" if shown < total else "Nobody's yet"

    def home_empty(self) -> str:
        return "No open deals are yours. Type /deal new Acme renewal 12k in a channel, or press the button."

    def home_without_deals(self) -> str:
        """For whoever may make none."""
        return "No open deals are yours. /deal list shows everybody's."

    # Failures

    def not_saved(self) -> str:
        return "Not saved, try again in a moment: the database does not answer. Nothing was changed."

    def maybe_saved(self) -> str:
        return "The database went away while saving. Look with /deal show whether it is there before you try again."

    def took_too_long(self) -> str:
        return (
            "That took longer than Slack waits, and I cannot say yet how it ended. "
            "If it was to change something, look with /deal show before you try again."
        )

    def superseded(self) -> str:
        return (
            "A newer version of me took over, and this copy has stopped writing: nothing was changed. "
            "Whoever runs me has to restart it as the newer version; then try again."
        )

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
