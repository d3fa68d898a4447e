"""Bringing units, accounts, customers, events and past responses in from files.

One module for each kind says its columns, checks a row and compares a batch with
what is stored; `running.py` walks through a file of any length a batch at a time.
What is to be written waits on disk (`staging.py`) until every row is known to be
right, and is written in one short transaction. Rows are known by their external
id: the same file a second time changes nothing.

django-import-export was looked at and not taken: it holds the whole file as
one tablib Dataset, looks each row up with a query of its own, and in its bulk
mode an error of the database names no row. What is needed here is the
opposite on all three counts and fits into these few files.
"""
