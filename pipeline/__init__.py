"""The rules of a sales pipeline: standard library and numpy only."""
