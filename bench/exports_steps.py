"""The steps of ``bench.exports``, each in a process of its own with Django set up."""

import sys

import django

django.setup()

from bench.exports import fill, write

if __name__ == "__main__":
    step, value = sys.argv[1:]
    fill(int(value)) if step == "fill" else write(value)
