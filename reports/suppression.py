"""Which cells of a margin are hidden, so that nobody's answer can be worked out.

A cell under the minimum base is hidden. Since the margin is shown, one hidden
cell could be had by subtraction: then the next smallest is hidden too, until
those that are hidden together hold the minimum as well.
"""


def hidden_cells(sizes, *, minimum):
    """Positions of the cells to hide; an empty cell has nothing to hide."""
    filled = sorted((size, position) for position, size in enumerate(sizes) if size)
    hidden = [(size, position) for size, position in filled if size < minimum]
    if not hidden:
        return frozenset()
    for cell in filled[len(hidden) :]:
        if len(hidden) > 1 and sum(size for size, _position in hidden) >= minimum:
            break
        hidden.append(cell)
    return frozenset(position for _size, position in hidden)


def hidden_in_margins(sizes, margins, *, minimum, closed=()):
    """Positions of the cells to hide where several totals over the cells are known.

    Those `closed` are hidden for another reason.

    `margins` names, for each cell, the totals that it is part of. In none of
    them is a single cell hidden, nor cells that together hold fewer than the
    minimum; what is hidden for one total counts for the others.
    """
    members = {}
    for position, names in enumerate(margins):
        if sizes[position]:
            for name in names:
                members.setdefault(name, []).append(position)
    hidden = {position for position, size in enumerate(sizes) if 0 < size < minimum}
    hidden |= {position for position in closed if sizes[position]}
    waiting = list(members)
    while waiting:
        name = waiting.pop()
        for position in _needed(members[name], hidden, sizes, minimum):
            hidden.add(position)
            waiting += [other for other in margins[position] if other != name]
    return frozenset(hidden)


def hidden_in_table(sizes, *, minimum, closed_rows=()):
    """Cells (row, column) to hide in a table whose row and column totals are shown."""
    cells = [(row, column) for row in range(len(sizes)) for column in range(len(sizes[row]))]
    hidden = hidden_in_margins(
        [int(sizes[row][column]) for row, column in cells],
        [(("row", row), ("column", column)) for row, column in cells],
        minimum=minimum,
        closed=[place for place, (row, _column) in enumerate(cells) if row in closed_rows],
    )
    return frozenset(cells[position] for position in hidden)


def _needed(positions, hidden, sizes, minimum):
    """The smallest cells that must be hidden as well, so that one total tells nothing."""
    inside = [sizes[position] for position in positions if position in hidden]
    shown = sorted((sizes[p], p) for p in positions if p not in hidden)
    needed = []
    while inside and shown and (len(inside) < 2 or sum(inside) < minimum):
        size, position = shown.pop(0)
        inside.append(size)
        needed.append(position)
    return needed
