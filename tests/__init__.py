"""Rings of tests: rules, archive, street side, stories, assembly."""
