"""How a period stands, with the names of those who have said something of it."""

from handlers.request import Door, Request
from handlers.services import Services
from handlers.views.forecast_calls import ToldPeriod
from pipeline.calling import progress_of
from pipeline.calls import Span
from pipeline.ownership import owner_called
from pipeline.ports import Work


def told_period(services: Services, work: Work, request: Request, pipeline_id: int, span: Span) -> ToldPeriod:
    house = services.house
    progress = progress_of(work, pipeline_id, span, house.today(request.at), house.zone)
    people = {call.person_id for each in progress.values() for call in each.calls}
    names = {person_id: owner_called(work, person_id) for person_id in sorted(people)}
    asker = None if request.door is Door.MENTION else request.person.id
    return ToldPeriod(span, progress, names, asker)
