"""Bulletins and regular reports: asked for, issued, mailed and published."""
