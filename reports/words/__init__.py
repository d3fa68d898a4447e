"""Findings, figures and definitions in words."""
