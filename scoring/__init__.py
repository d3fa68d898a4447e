"""Measuring satisfaction and loyalty: counts and arrays in, frozen results out.

The library imports no Django and nothing of the application around it. Import
each measure from its module, such as ``from scoring.nps import nps``.
"""
