"""Every view, drawn from one deal in one language."""
