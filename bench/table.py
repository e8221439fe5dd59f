"""How are results shown? As a table on standard output."""

from collections.abc import Iterable, Sequence


def cell(value: object) -> str:
    """Returns a value as a person reads it."""
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def table(title: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Prints a Markdown table."""
    lines = [list(heads), *[[cell(value) for value in row] for row in rows]]
    widths = [max(len(line[at]) for line in lines) for at in range(len(heads))]
    print(f"\n{title}\n")
    for number, line in enumerate(lines):
        print("| " + " | ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)) + " |")
        if number == 0:
            print("|" + "|".join("-" * (width + 2) for width in widths) + "|")
