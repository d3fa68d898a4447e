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
