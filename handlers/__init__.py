"""The street side: Slack requests in, answers and messages out."""
