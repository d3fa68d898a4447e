"""Faults on purpose, against real processes, each with a control that must fail.

A control takes one protection away and expects the damage to be seen: a test
that cannot fail proves nothing. Each test prints its figures on its last
line. The databases are SQLite files and a PostgreSQL server of the tests' own.
"""
