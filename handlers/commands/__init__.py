"""What each word of `/deal` does, by subject."""
