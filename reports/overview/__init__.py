"""The first screen and the first page."""
