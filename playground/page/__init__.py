"""The page: this Slack in a browser."""
