"""What is said to Slack: letters once, replies first, pictures until they show the present state."""
