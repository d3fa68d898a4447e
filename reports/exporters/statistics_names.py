"""Names of variables as Stata takes them."""

import re

LONGEST = 32


def stata_names(names):
    """Letters, digits and underscores, 32 at most, each name once."""
    taken, found = set(), []
    for name in names:
        plain = re.sub(r"[^A-Za-z0-9_]", "_", name)
        plain = plain if re.match(r"[A-Za-z_]", plain) else f"_{plain}"
        short, number = plain[:LONGEST], 1
        while short.casefold() in taken:
            number += 1
            ending = f"_{number}"
            short = plain[: LONGEST - len(ending)] + ending
        taken.add(short.casefold())
        found.append(short)
    return found
