"""What a condition can be about, with what it can be compared with."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subject:
    """An earlier answer or a circumstance as the editor of rules offers it.

    `options` are (code, words) pairs and `points` (value, words) pairs; where
    there are neither, a value is written.
    """

    code: str
    name: str
    group: str
    operators: tuple
    options: tuple = ()
    points: tuple = ()
    is_number: bool = False
    is_day: bool = False

    def fitting(self, values):
        """Those of the posted values that can be compared with."""
        if not self.options:
            return values
        offered = {code for code, _words in self.options}
        offered |= {str(value) for value, _words in self.points}
        return tuple(value for value in values if value in offered)
