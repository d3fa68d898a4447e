"""When a question is asked: conditions on what is known, evaluated on plain values.

The form of a rule, what it means and how it is checked stand in `README.md`.
"""
