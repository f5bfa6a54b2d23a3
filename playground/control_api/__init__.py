"""The control API under /_control/: what tests and the web page may do and see."""
