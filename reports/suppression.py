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


def hidden_in_table(sizes, *, minimum):
    """Cells (row, column) to hide in a table whose row and column totals are shown.

    Every row and every column is treated as one margin, again and again, until
    no line lacks what it needs: what was hidden for a row may call for a
    partner in its column.
    """
    hidden = set()
    lines = _lines(sizes)
    grows = True
    while grows:
        before = len(hidden)
        for line in lines:
            _hide_partners(line, sizes, hidden, minimum)
        grows = len(hidden) > before
    return frozenset(hidden)


def _lines(sizes):
    rows, columns = range(len(sizes)), range(len(sizes[0]) if len(sizes) else 0)
    return [[(row, column) for column in columns] for row in rows] + [
        [(row, column) for row in rows] for column in columns
    ]


def _hide_partners(line, sizes, hidden, minimum):
    """Hide small cells, then the next smallest until those hidden hold the minimum together."""
    filled = sorted((int(sizes[row][column]), (row, column)) for row, column in line)
    filled = [(size, cell) for size, cell in filled if size]
    hidden |= {cell for size, cell in filled if size < minimum}
    own = [size for size, cell in filled if cell in hidden]
    for size, cell in filled:
        if not own or (len(own) > 1 and sum(own) >= minimum):
            return
        if cell not in hidden:
            hidden.add(cell)
            own.append(size)
