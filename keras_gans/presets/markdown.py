"""Tables and numbers of cards and of the README."""


def table(rows):
    """Rows of cells, the first of which is the head."""
    head, *body = rows
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---"] * len(head), *body])


def number(value, digits=4):
    """A number with so many digits; nothing for None."""
    return "" if value is None else f"{value:.{digits}g}"


def spread(value, plus_minus):
    """`18.7 ± 0.93`, or the value alone where nothing varies."""
    return number(value, 3) + (f" ± {number(plus_minus, 2)}" if plus_minus else "")
