"""What Slack would refuse: a message's or a view's problems, each with its place in the payload."""

from playground.validation.findings import Problem
from playground.validation.payloads import message_problems, view_problems

__all__ = ["Problem", "message_problems", "view_problems"]
