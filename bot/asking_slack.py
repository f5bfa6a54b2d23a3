"""A client for the command line, which asks Slack questions and changes nothing."""

from http.client import HTTPException

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError
from slack_sdk.http_retry import RateLimitErrorRetryHandler

SECONDS = 10
WAITS = 5
UNANSWERED = (SlackClientError, OSError, HTTPException, ValueError)


def patient_client(token: str, address: str) -> WebClient:
    """Many questions come one after another, so a rate limit is waited out."""
    patient = RateLimitErrorRetryHandler(max_retry_count=WAITS)
    return WebClient(token, address, timeout=SECONDS, retry_handlers=[patient])
