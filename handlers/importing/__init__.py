"""Reading a table file from elsewhere: bytes to rows, rows to deals."""
