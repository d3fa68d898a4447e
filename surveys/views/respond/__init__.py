"""The customers' pages: answering, and what goes with it."""
