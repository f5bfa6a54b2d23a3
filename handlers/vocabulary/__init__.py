"""The words of `/deal`: a table for each subject."""
