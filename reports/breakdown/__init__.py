"""One measure by one or two attributes."""
