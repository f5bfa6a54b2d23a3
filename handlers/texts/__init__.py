"""Everything that is said, as typed tables: English, and German as its subclass."""
