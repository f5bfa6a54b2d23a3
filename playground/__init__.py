"""A Slack of our own: strict, local, with faults on request; knows nothing of the bot."""
