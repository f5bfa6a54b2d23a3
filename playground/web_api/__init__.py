"""The Web API: what a bot may call under /api/."""
