"""The table of methods: every call the local Slack understands."""

from collections.abc import Callable

from playground.web_api import blocks, chat, conversations, people, views
from playground.web_api.arguments import Arguments
from playground.words import Json
from playground.workspace import Workspace

Method = Callable[[Workspace, Arguments], Json]

METHODS: dict[str, Method] = {
    "auth.test": people.auth_test,
    "users.info": people.info,
    "users.list": people.listing,
    "conversations.info": conversations.info,
    "conversations.open": conversations.open_im,
    "conversations.history": conversations.history,
    "conversations.replies": conversations.replies,
    "chat.postMessage": chat.post_message,
    "chat.postEphemeral": chat.post_ephemeral,
    "chat.update": chat.update,
    "chat.delete": chat.delete,
    "chat.getPermalink": chat.get_permalink,
    "views.open": views.open_view,
    "views.push": views.push,
    "views.update": views.update,
    "views.publish": views.publish,
    "blocks.validate": blocks.validate,
}
