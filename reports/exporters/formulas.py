"""What could be a formula, for the files of figures and answers."""

from surveys.formulas import LIKE_A_FORMULA, cell, guarded, original

__all__ = ["LIKE_A_FORMULA", "cell", "guarded", "original"]
