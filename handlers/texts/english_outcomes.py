"""What the bot says in English of what was done."""

from pipeline.deal import ChangeKind


class EnglishOutcomes:
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
        return "It has no card yet: invite me to a channel (/invite @pipeline), then press “Post card here” in /deal show."

    def no_card_for(self, code: str) -> str:
        return f"I could not post the card of {code}: invite me to the channel (/invite @pipeline), then press “Post card here” in /deal show {code}."

    def card_stands(self, code: str) -> str:
        return f"The card of {code} is here already."

    def offered_value(self, value: str) -> str:
        return f"Is {value} its value?"

    def set_value(self, value: str) -> str:
        return f"Set value {value}"

    def moved(self, code: str, title: str, old: str, new: str, by: str) -> str:
        return f"{code} {title}: {old} → {new} by {by}."

    def undone(self, code: str, title: str, what: str) -> str:
        return f"{code} {title}: the last change was taken back. {what}."

    def undone_to(self, code: str, title: str, stage: str) -> str:
        return f"{code} {title} is back in {stage}; the move was taken back."

    def edited(self, code: str, title: str, what: str) -> str:
        return f"{code} {title}: {what}."

    def voided(self, code: str, title: str) -> str:
        return f"{code} {title} was taken back and is void."

    def appointed(self, name: str, role: str) -> str:
        return f"{name} is {role} now."

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
            ChangeKind.NOTED: "noted",
            ChangeKind.VOIDED: "made void",
            ChangeKind.MERGED: "merged",
            ChangeKind.ABSORBED: "merged into another",
            ChangeKind.FORGOTTEN: "contact forgotten",
            ChangeKind.SNOOZED: "snoozed",
        }[kind]

    def history_line(self, what: str, by: str) -> str:
        return f"{what} by {by}, "

    def history_of(self, code: str, title: str) -> str:
        return f"History of {code} {title}"

    def field_set(self, field: str, value: str) -> str:
        return f"{field}: {value}"

    def not_parked(self) -> str:
        return "Not parked any more"

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
        return f"I cannot post in {channel}: {why}. What waits is kept, and sent once I can."

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
