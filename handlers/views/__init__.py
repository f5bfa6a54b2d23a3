"""Facts and texts in, blocks out: pure functions."""
