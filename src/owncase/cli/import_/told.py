"""What is said beside the answer of an import: each refusal once, with its lines, and how many rows came to what."""

from collections.abc import Iterable, Sequence

import typer

from owncase.cli.context import tell
from owncase.exchange.refusal import Refusal
from owncase.render.safe import safe

LISTED = 20
LINES = 5
REASONS = 3


def tell_refusals(ctx: typer.Context, refusals: Iterable[Refusal], unit: str) -> None:
    """Say each refusal with what would mend it; what is mended by the same act is said once."""
    alike: dict[tuple[str | None, str], list[Refusal]] = {}
    for refusal in refusals:
        alike.setdefault((refusal.column, refusal.fix or refusal.reason), []).append(refusal)
    for group in list(alike.values())[:LISTED]:
        tell(ctx, safe(_said(group, unit), one_line=True))
    if len(alike) > LISTED:
        tell(ctx, f"and {len(alike) - LISTED:,} more: -f csv lists every one")


def summary(outcomes: Sequence[str], words: Sequence[tuple[str, str]]) -> str:
    """How many rows came to what: `60 rows: 52 new, 3 ended and left out`. The first outcome is always counted."""
    counts = [(outcomes.count(outcome), said) for outcome, said in words]
    said = [f"{number:,} {what}" for place, (number, what) in enumerate(counts) if number or place == 0]
    return f"{len(outcomes):,} row{'' if len(outcomes) == 1 else 's'}: {', '.join(said)}"


def _said(group: Sequence[Refusal], unit: str) -> str:
    """Refusals that the same act would mend, as one line."""
    lines, reasons = (
        [str(refusal.line) for refusal in group],
        list(dict.fromkeys(refusal.reason for refusal in group)),
    )
    where = f"{unit}{'' if len(lines) == 1 else 's'} {_first(lines, LINES, ', ')}"
    column, fix = group[0].column, group[0].fix
    said = f"{where}, {column}" if column else where
    return f"{said}: {_first(reasons, REASONS, '; ')}" + (f" — {fix}" if fix else "")


def _first(words: Sequence[str], most: int, joined_by: str) -> str:
    more = f" and {len(words) - most:,} more" if len(words) > most else ""
    return joined_by.join(words[:most]) + more
