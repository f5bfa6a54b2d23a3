"""views.open, push, update, publish."""

from playground import showing
from playground.refusals import SlackError
from playground.tickets import Trigger
from playground.views import View
from playground.web_api.arguments import Arguments
from playground.words import Json
from playground.workspace import Workspace


def open_view(workspace: Workspace, arguments: Arguments) -> Json:
    trigger = _trigger(workspace, arguments)
    content = showing.checked(workspace, arguments.structure("view"), kind="modal")
    trigger.used = True
    return _answer(workspace, showing.open_modal(workspace, trigger.user, content))


def push(workspace: Workspace, arguments: Arguments) -> Json:
    trigger = _trigger(workspace, arguments)
    if not trigger.view or workspace.views.find(view_id=trigger.view) is None:
        raise SlackError("invalid_trigger_id")
    content = showing.checked(workspace, arguments.structure("view"), kind="modal")
    view = showing.push_modal(workspace, trigger.user, content)
    trigger.used = True
    return _answer(workspace, view)


def _trigger(workspace: Workspace, arguments: Arguments) -> Trigger:
    (name,) = arguments.required("trigger_id")
    return workspace.tickets.exchange(name)


def update(workspace: Workspace, arguments: Arguments) -> Json:
    view = workspace.views.find(view_id=arguments.text("view_id"), external_id=arguments.text("external_id"))
    if view is None:
        raise SlackError("not_found")
    _check_hash(arguments, view)
    content = showing.checked(workspace, arguments.structure("view"), kind=view.kind, instead_of=view)
    return _answer(workspace, showing.repaint(workspace, view, content))


def publish(workspace: Workspace, arguments: Arguments) -> Json:
    (user,) = arguments.required("user_id")
    person = workspace.people.get(user)
    if person is None or person.deleted:
        raise SlackError("user_not_found")
    known = workspace.views.home(user)
    _check_hash(arguments, known)
    content = showing.checked(workspace, arguments.structure("view"), kind="home", instead_of=known)
    return _answer(workspace, showing.publish_home(workspace, user, content))


def _check_hash(arguments: Arguments, view: View | None) -> None:
    given = arguments.text("hash")
    if given and (view is None or view.hash != given):
        raise SlackError("hash_conflict")


def _answer(workspace: Workspace, view: View) -> Json:
    return {"view": showing.told(workspace, view)}
