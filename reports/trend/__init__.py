"""Trends: one measure period by period, its control limits, what breaks it, and last year."""
