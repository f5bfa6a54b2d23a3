"""The archive: what the pipeline knows, kept in SQLite or PostgreSQL."""
