"""Tables and numbers of cards and of the README."""


def table(rows):
    """Rows of cells, the first of which is the head."""
    head, *body = rows
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---"] * len(head), *body])


def number(value, digits=4):
    """A number with so many digits; nothing for None."""
    return "" if value is None else f"{value:.{digits}g}"


def spread(value, plus_minus):
    """`18.7 ± 0.93`."""
    return number(value, 3) + ("" if plus_minus is None else f" ± {number(plus_minus, 2)}")
