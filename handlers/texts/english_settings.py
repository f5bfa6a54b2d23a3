"""What the bot says in English of stages and settings."""

from handlers.vocabulary.stages import Verb
from pipeline.shapes import Setting
from pipeline.stages import Category


class EnglishSettings:
    # Stages

    def stages_title(self) -> str:
        return "Stages"

    def stages_archived(self, names: str) -> str:
        return f"Archived: {names}"

    def other_pipelines(self, names: str) -> str:
        return f"Other pipelines: {names}. For example: /deal stages in Partners: rename proposal to Offer"

    def pipeline_unknown(self, word: str, known: str, first: str) -> str:
        return f"There is no pipeline “{word}”, only {known}. For example: /deal board {first}, or /deal stages in {first}"

    def stages_more(self) -> str:
        return "Admins change them, for example: /deal stages rename proposal to Offer. Another pipeline: /deal stages new Partners: Contact, Pilot, Contract"

    def stage_name(self) -> str:
        return "The name of the stage"

    def stage_chance(self, chance: int) -> str:
        return f"{chance} % chance"

    def stage_patience(self, days: int) -> str:
        return f"{days} days"

    def stage_limit(self, days: int, visits: int) -> str:
        span = "1 day" if days == 1 else f"{days} days"
        return f"stale after {span}: 1.5 times the median of {visits} visits"

    def stage_count(self, count: int) -> str:
        counted = "deal" if count == 1 else "deals"
        return f"{count:,} {counted}"

    def stage_gate(self, fields: str) -> str:
        return f"Needs: {fields}"

    def stage_renamed(self, old: str, new: str) -> str:
        return f"{old} is called {new} now."

    def chance_set(self, stage: str, chance: int) -> str:
        return f"{stage}: {chance} % chance of winning."

    def patience_set(self, stage: str, days: int) -> str:
        return f"{stage}: a deal may stay for {days} days."

    def patience_waits(self, limit: str) -> str:
        return f"That holds where there are too few visits to measure; for now a deal is {limit}."

    def gate_set(self, stage: str, fields: str) -> str:
        return f"{stage} needs {fields} from now on."

    def gate_lifted(self, stage: str) -> str:
        return f"{stage} needs nothing any more."

    def category_set(self, stage: str, category: str) -> str:
        return f"{stage} counts as {category} in the forecast."

    def stage_added(self, stage: str, order: str) -> str:
        return f"{stage} was added: {order}."

    def stages_ordered(self, order: str) -> str:
        return f"The stages are now: {order}."

    def archived_now(self, stage: str) -> str:
        return f"{stage} is archived."

    def deals_moved(self, count: int, into: str) -> str:
        counted = "deal" if count == 1 else "deals"
        return f"{count:,} {counted} moved to {into}."

    def restored_now(self, stage: str) -> str:
        return f"{stage} is back."

    def archive_into(self, other: str) -> str:
        return f"Archive, deals to {other}"

    def stage_has_deals(self, stage: str, count: int, deals: str) -> str:
        counted = "deal" if count == 1 else "deals"
        return f"{stage} still holds {count:,} {counted}: {deals}. Where should they go?"

    def gate_in_the_way(self, into: str, fields: str, count: int, deals: str) -> str:
        counted = "deal lacks" if count == 1 else "deals lack"
        return f"{into} needs {fields}, and {count:,} {counted} that: {deals}. Nothing was changed."

    def stage_name_taken(self, stage: str) -> str:
        return f"There is a stage {stage} already. Choose another name."

    def archived_name_taken(self, stage: str) -> str:
        return f"An archived stage is called {stage}. Bring it back with: /deal stages restore {stage}"

    def stage_name_unfit(self, limit: int) -> str:
        return f"A stage needs a name of 1 to {limit} characters, for example: /deal stages add Demo after qualification"

    def chance_unfit(self, stage: str) -> str:
        return f"A chance is a whole number from 0 to 100, for example: /deal stages chance {stage} 40"

    def patience_unfit(self, stage: str) -> str:
        return (
            f"Patience is at least 1 day and at most ten years, for example: /deal stages patience {stage} 10"
        )

    def gate_unfit(self, stage: str, field: str) -> str:
        return f"{stage} cannot ask for “{field}”. For example: /deal stages gate {stage} contact, value"

    def stage_fixed(self, stage: str) -> str:
        return f"{stage} can be renamed and given a gate; nothing else about it changes."

    def stage_unchanged(self, stage: str) -> str:
        return f"{stage} is like that already."

    def last_open_stage(self, stage: str) -> str:
        return f"{stage} is the last open stage; add another one first: /deal stages add Demo"

    def pipeline_overtaken(self) -> str:
        return "Somebody else changed the stages a moment ago. You changed nothing; look again: /deal stages"

    def channel_out_of_reach(self) -> str:
        return "I do not know that channel, or I am not in it. Invite me there first: /invite @pipeline"

    def shape_unknown(self, word: str) -> str:
        return f"I don't know “{word}”. For example: /deal stages rename proposal to Offer (or chance, patience, gate, category, add, order, archive, restore)"

    def category_unknown(self, word: str, known: str) -> str:
        return f"“{word}” is no category of a stage. For example: /deal stages category proposal commit ({known})"

    def gate_field_unknown(self, word: str) -> str:
        return f"A gate cannot ask for “{word}”. For example: /deal stages gate proposal contact, value (or none)"

    # Settings

    def settings_title(self) -> str:
        return "Settings"

    def settings_more(self) -> str:
        return "Admins change them, for example: /deal settings zone Europe/Berlin"

    def set_in_slack(self) -> str:
        return "set in Slack"

    def set_outside(self) -> str:
        return "from the environment"

    def no_channel(self) -> str:
        return "none"

    def this_channel(self) -> str:
        return "this channel"

    def setting_is(self, name: str, value: str) -> str:
        return f"{name} is {value} now."

    def setting_outside(self, name: str) -> str:
        return f"{name} goes by the environment again."

    def money_shown(self) -> str:
        return "Messages in this channel show amounts from now on."

    def money_hidden(self) -> str:
        return "Messages in this channel show no amounts any more."

    def money_shown_here(self) -> str:
        return "Messages in this channel show amounts."

    def money_hidden_here(self) -> str:
        return "Messages in this channel show no amounts."

    def setting_unknown(self, word: str) -> str:
        return f"There is no setting “{word}”. For example: /deal settings language de (or zone, currency, main-channel, money)"

    def setting_value_missing(self) -> str:
        return "What should it be? For example: /deal settings language de, zone Europe/Berlin, currency USD, main-channel here"

    def language_unknown(self, word: str) -> str:
        return f"I speak no “{word}”, only English and German. For example: /deal settings language de"

    def zone_unknown(self, word: str) -> str:
        return f"I don't know the time zone “{word}”. For example: /deal settings zone Europe/Berlin"

    def currency_unknown_setting(self, word: str) -> str:
        return f"I don't know the currency “{word}”. For example: /deal settings currency USD"

    def main_channel_unreadable(self, word: str) -> str:
        return f"“{word}” is no channel. For example: /deal settings main-channel here"

    def main_channel_unseen(self) -> str:
        return "That is the main channel now. I have not met it yet: if I am not in it, invite me there (/invite @pipeline)."

    def money_unreadable(self) -> str:
        return "Say on or off, in the channel that it is about. For example: /deal settings money off"

    def category(self, category: Category) -> str:
        return {
            Category.PIPELINE: "pipeline",
            Category.BEST_CASE: "best case",
            Category.COMMIT: "commit",
            Category.CLOSED: "closed",
            Category.OMITTED: "omitted",
        }[category]

    def setting(self, setting: Setting) -> str:
        return {
            Setting.LANGUAGE: "The language",
            Setting.ZONE: "The time zone",
            Setting.CURRENCY: "The currency",
            Setting.MAIN_CHANNEL: "The main channel",
        }[setting]

    def not_read(self, word: str) -> str:
        return f"I cannot read “{word}” there."

    def not_all_said(self) -> str:
        return "Something is missing."

    def shape_example(self, verb: Verb) -> str:
        example = {
            Verb.RENAME: "rename proposal to Offer / Angebot",
            Verb.CHANCE: "chance proposal 40",
            Verb.PATIENCE: "patience proposal 10",
            Verb.GATE: "gate proposal contact, value",
            Verb.CATEGORY: "category proposal commit",
            Verb.ADD: "add Demo after qualification",
            Verb.ORDER: "order proposal after negotiation",
            Verb.ARCHIVE: "archive closing into negotiation",
            Verb.RESTORE: "restore closing",
        }[verb]
        return f"For example: /deal stages {example}"

    def language(self, locale: str) -> str:
        return "German" if locale == "de" else "English"
