"""What the bot says in English around saying something of a deal."""

from pipeline.people import Absence


class EnglishCare:
    # The menu on a card, and the forms behind it.

    edit_deal = "Edit"
    note_on_deal = "Note"
    next_step_of = "Next step"
    park_deal = "Park"
    void_deal = "Void: it was a mistake"
    claim_deal = "Claim"
    note = "Note"
    deal = "Which deal"
    deal_hint = "A code like D-42, or enough of its title or company"

    def edit_title(self, code: str) -> str:
        return f"Edit {code}"

    def note_title(self, code: str) -> str:
        return f"Note on {code}" if code else "Note on a deal"

    def claim_label(self, code: str) -> str:
        return f"Claim {code} as your own"

    def form_for(self, code: str, title: str) -> str:
        return f"{code} {title}: press the button and fill the form in."

    def noted(self, code: str, title: str, by: str, text: str) -> str:
        return f"{code} {title}, note by {by}: {text}"

    def made_void(self, code: str, title: str, by: str) -> str:
        return f"{code} {title} was made void by {by}: it is in no list and no figure any more."

    def merged(self, code: str, title: str, other: str, by: str) -> str:
        return f"{code} {title} took in {other}, merged by {by}."

    def absorbed(self, code: str, title: str, other: str, by: str) -> str:
        return f"{code} {title} was merged into {other} by {by}."

    def merged_into(self, code: str) -> str:
        return f"merged into {code}"

    def separated(self, code: str, title: str, other: str) -> str:
        return f"{code} {title}: the merger was taken back; {other} is a deal of its own again."

    def undone_quietly(self, code: str, title: str) -> str:
        return f"{code} {title}: the last change was taken back."

    def owned_already(self, code: str, title: str, owner: str) -> str:
        return f"{code} {title} is owned by {owner}. Only a deal without an owner can be claimed; a manager may say: /deal assign {code} @you"

    def owner_unfit(self, name: str, absence: Absence) -> str:
        why = {
            Absence.LEFT: "has left the workspace",
            Absence.GUEST: "is a guest here",
            Absence.OUTSIDER: "is of another organisation",
            Absence.ONLOOKER: "may only look at deals",
        }[absence]
        return f"{name} {why} and cannot own a deal. Name somebody else, for example: /deal assign D-42 @ana"

    def merged_with_itself(self, code: str) -> str:
        return f"{code} cannot be merged with itself. For example: /deal merge {code} D-57"

    def kinds_differ(self, code: str, other: str) -> str:
        return f"{code} and {other} cannot be merged: only two open, two won or two lost deals can be the same deal."

    def assign_whom(self, code: str) -> str:
        return f"To whom? Name one person with @, for example: /deal assign {code} @ana (or: me, nobody)"

    def until_when(self, code: str) -> str:
        return f"Until when? For example: /deal nurture {code} until next monday"

    def close_when(self, code: str) -> str:
        return f"Which day? For example: /deal close-date {code} 15.12."

    def not_ahead(self, code: str, day: str) -> str:
        return f"{day} is not ahead. For example: /deal nurture {code} until next monday"

    def value_what(self, code: str) -> str:
        return f"How much is it worth? For example: /deal value {code} 12k"

    def which_survives(self, code: str, other: str) -> str:
        return f"{code} and {other} become one deal. Which of the two shall survive?"

    def survives(self, code: str) -> str:
        return f"{code} survives"

    def merge_what(self, code: str) -> str:
        return f"Merge it with which deal? For example: /deal merge {code} D-57 ({code} survives)"

    # Forgetting

    forget_them = "Forget"

    def forget_sure(self, deals: int) -> str:
        of = "One deal has" if deals == 1 else f"{deals} deals have"
        return f"{of} this contact. Forgetting takes the name out of deals, history, answers and messages for good; it cannot be taken back."

    def forgotten(self, deals: int) -> str:
        of = "One deal has" if deals == 1 else f"{deals} deals have"
        return f"{of} forgotten the contact; the figures stay. What I said in channels and threads within the last 30 days is written anew without the name; older lines, and what people wrote themselves, are yours to delete."

    def text_removed(self, code: str, title: str) -> str:
        return f"{code} {title}: personal text was removed here."

    def forget_whom(self) -> str:
        return "Whom? Name the contact as the deal does, for example: /deal forget Jo Fields"

    def forget_member(self, name: str, deals: int) -> str:
        first = ""
        if deals:
            owned = "one open deal" if deals == 1 else f"{deals} open deals"
            first = f" and owns {owned}: give what is open to somebody first, /deal list @{name} shows it"
        return (
            f"{name} is a person of this workspace{first}. Only contacts of deals are forgotten here; "
            "who leaves is removed in Slack, and their deals then wait for a new owner. Nothing was changed."
        )

    def unknown_contact(self) -> str:
        return "No deal has that contact. Name it as the deal does, for example: /deal forget Jo Fields"
