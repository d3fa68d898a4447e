"""How a test becomes a finding: all tests of a report are corrected together, then decided.

Each test enters as a `Candidate` with both things that could be said. A
report that looks at ten segments and one curve has eleven chances to cry
wolf; Holm's correction over all of them keeps the chance of any false alarm
in the report at the level.
"""

from dataclasses import dataclass

from .argument_types import takes
from .errors import ArgumentError
from .findings import Finding
from .p_adjustment import adjust_p


@dataclass(frozen=True, slots=True)
class Candidate:
    """One test, with what to say when it is clear and when it is not.

    Parameters
    ----------
    p_value : float or None
        None where nothing could be tested: then `otherwise` is said, and the
        test does not count in the correction.
    when_clear : Finding or None
        Said when the corrected p-value is below the level.
    otherwise : Finding
        Said in every other case.
    """

    p_value: float | None
    when_clear: Finding | None
    otherwise: Finding


@dataclass(frozen=True, slots=True)
class FindingKind:
    """What a kind of finding is called and which figures it carries.

    Parameters
    ----------
    kind : str
        `Finding.kind`.
    numbers : tuple of str
        Names in `Finding.numbers`, always all of them; a figure that is not
        known is None.
    has_direction : bool, default False
        Whether it says "higher" or "lower".
    """

    kind: str
    numbers: tuple[str, ...]
    has_direction: bool = False

    def __post_init__(self):
        if len(set(self.numbers)) != len(self.numbers):
            raise ArgumentError(f"Finding {self.kind!r} names a number twice.")


@takes(numbers=("level",))
def decide(candidates, *, level=0.05):
    """Turn the tests of one report into findings.

    Parameters
    ----------
    candidates : iterable of Candidate
        Every test of the report, in the order of the sentences.
    level : float in (0, 1), default 0.05
        Chance of any false alarm in the report.

    Returns
    -------
    tuple of Finding
        One for each candidate, in the same order.

    Raises
    ------
    ArgumentError
        `level` lies outside (0, 1), or a p-value outside [0, 1].
    """
    if not 0 < level < 1:
        raise ArgumentError(f"level lies between 0 and 1; got {level!r}.")
    candidates = list(candidates)
    adjusted = adjust_p(candidate.p_value for candidate in candidates)
    return tuple(
        candidate.when_clear
        if p is not None and p < level and candidate.when_clear is not None
        else candidate.otherwise
        for candidate, p in zip(candidates, adjusted, strict=True)
    )
