"""The demonstration organisation: an invented company, and what its customers did and said.

`truth.py` holds what is true of it, `simulation.py` draws people, purchases
and answers from that with a seeded generator, `storing.py` writes them.
"""
