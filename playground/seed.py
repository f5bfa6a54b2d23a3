"""A small sales team in a few channels: what every fresh playground starts with."""

from playground.channels import Channel
from playground.identity import Identity
from playground.people import Person

FIRM = ("U0ANA", "U0BEN", "U0MIA", "U0OLGA", "U0JONAS")


def people(identity: Identity) -> list[Person]:
    return [
        Person("U0ANA", "ana", "Ana Lima", tz="Europe/London", title="Sales"),
        Person("U0BEN", "ben", "Ben Okafor", tz="America/New_York", title="Sales"),
        Person("U0MIA", "mia", "Mia Berg", title="Head of sales"),
        Person("U0OLGA", "olga", "Olga Novak", is_admin=True, title="Operations"),
        Person("U0GUS", "gus", "Gus Gast", is_restricted=True, title="Auditor"),
        Person("U0JONAS", "jonas", "Jonas Weber", locale="de-DE", title="Vertrieb"),
        Person("U0PAT", "pat", "Pat Partner", team_id="T0PARTNER", is_stranger=True, title="Partner firm"),
        Person(identity.bot_user_id, identity.bot_name, "Pipeline", is_bot=True, tz="UTC"),
    ]


def channels(identity: Identity) -> list[Channel]:
    bot = identity.bot_user_id
    return [
        Channel("C0SALES", "sales", creator="U0OLGA", members={*FIRM, "U0GUS", bot}),
        Channel("C0LEADS", "leads", creator="U0OLGA", members={*FIRM, bot}),
        Channel("C0RANDOM", "random", creator="U0OLGA", members=set(FIRM)),
        Channel("C0PARTNERS", "partners", creator="U0OLGA", ext_shared=True, members={*FIRM, "U0PAT", bot}),
        Channel("C0OLD", "old", creator="U0OLGA", archived=True, members={*FIRM, bot}),
        Channel("C0BOARD", "board-room", creator="U0OLGA", private=True, members={"U0MIA", "U0OLGA"}),
    ]
