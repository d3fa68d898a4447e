"""Every question, and scores along the journey."""
