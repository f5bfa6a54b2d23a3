"""The schema and its history, carried by the wheel."""
