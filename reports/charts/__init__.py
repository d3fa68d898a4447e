"""Charts: described once, drawn for the screen and for paper."""
