"""`owncase import cases FILE`: what another tracker holds open becomes yours, and is offered to its owners there."""

import shlex

import typer

from owncase.cli.context import desk_of, settings_of, tell, world_of
from owncase.cli.import_ import case_options
from owncase.cli.import_.case_options import (
    Closed,
    CustomerDefault,
    DueDefault,
    NewCustomers,
    NextDefault,
    OwnerDefault,
    OwnerIs,
    PastDue,
    Spread,
)
from owncase.cli.import_.options import Dates, File, From, Map, MappingName, SaveMapping, SkipBad, Source, Yes
from owncase.cli.import_.told import summary, tell_refusals
from owncase.cli.options import AllowPast, AnswerBy, DryRun, Format, Json, Limit
from owncase.cli.output import row_limit, say_limited, show
from owncase.cli.parse import choice
from owncase.domain import text
from owncase.domain.moment import from_text
from owncase.domain.wallclock import zone_named
from owncase.domain.worktime import WorkingHours
from owncase.errors import UsageProblem
from owncase.exchange import mapping_file, records
from owncase.exchange.case_plan import Plan, Planner
from owncase.exchange.case_rows import FIELDS
from owncase.exchange.case_wish import Wish
from owncase.exchange.dates import Reader
from owncase.exchange.import_cases import import_cases
from owncase.exchange.mapping import Mapping
from owncase.exchange.refusal import RowsRefused
from owncase.render.import_columns import CASES
from owncase.render.safe import safe
from owncase.render.sheet import Sheet

NAMED = 5
"""How many of those asked are named."""

OUTCOMES = (
    ("new", "new"),
    ("present", "already present"),
    ("changed", "changed since they came in, and not touched"),
    ("ended", "ended and left out"),
    ("refused", "refused"),
)


def command(
    ctx: typer.Context,
    file: File,
    map: Map = None,
    mapping: MappingName = None,
    save_mapping: SaveMapping = None,
    from_: From = None,
    dates: Dates = None,
    source: Source = None,
    next_default: NextDefault = None,
    due_default: DueDefault = None,
    spread: Spread = None,
    owner_default: OwnerDefault = None,
    owner_is: OwnerIs = None,
    customer_default: CustomerDefault = None,
    new_customers: NewCustomers = False,
    answer_by: AnswerBy = None,
    closed: Closed = None,
    allow_past: AllowPast = False,
    past_due: PastDue = None,
    skip_bad: SkipBad = False,
    yes: Yes = False,
    dry_run: DryRun = False,
    limit: Limit = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Import what another tracker holds open: yours, and offered to its owners there."""
    if yes and dry_run:
        raise UsageProblem("--yes and --dry-run say different things", fix="give one of them")
    if past_due is not None and (choice(past_due, ("default",), "--past-due") and (allow_past or not due_default)):
        raise UsageProblem(
            "--past-due default needs --due-default WHEN, and no --allow-past",
            fix="--past-due default --due-default WHEN",
        )
    desk, settings = desk_of(ctx), settings_of(ctx)
    table = records.read(file, world_of(ctx).stdin, from_)
    said = mapping_file.chosen(settings, mapping, map or [], table.form)
    said |= Mapping(source=source, dates=dates, closed=tuple(closed or ()))
    wish = Wish(
        source=case_options.source(file, said.source),
        next_default=None if next_default is None else text.one_line(next_default, "next action"),
        due_default=case_options.ahead(ctx, due_default, "--due-default"),
        spread=case_options.spread(spread, due_default),
        past="kept" if allow_past else "default" if past_due else "refused",
        owner_default=owner_default,
        owner_is=case_options.meanings(owner_is or []),
        customer_default=customer_default,
        new_customers=new_customers,
        answer_by=case_options.ahead(ctx, answer_by, "--answer-by"),
    )
    fitted = said.fitted(table.header, FIELDS)
    reader = Reader(said.dates, zone_named(desk.me.zone), WorkingHours.parse(desk.me.hours), from_text(desk.now()))
    plan = Planner(desk, wish, fitted, reader, table.unit).plan(table.rows)
    if save_mapping is not None:
        kept = mapping_file.save(settings, save_mapping, said | Mapping(source=wish.source))
        tell(ctx, f"mapping {save_mapping} remembered in {safe(str(kept))}")
    refused = any(entry.outcome == "refused" for entry in plan.entries) and not skip_bad
    if yes and not refused:
        import_cases(desk, plan, wish)
    _show(ctx, plan, limit, format, json=json)
    _tell(ctx, plan, wish.source, table.unit, written=yes and not refused, complete=not refused)
    if refused:
        raise RowsRefused("refused rows keep the whole file out", fix="mend them, or leave them out with --skip-bad")


def _show(ctx: typer.Context, plan: Plan, limit: str | None, format: str | None, *, json: bool) -> None:
    entries = plan.entries[: row_limit(ctx, limit) or None]
    show(ctx, Sheet([entry.row for entry in entries], CASES, empty="No rows."), format, json=json)
    say_limited(ctx, len(entries), len(plan.entries))


def _tell(ctx: typer.Context, plan: Plan, source: str, unit: str, *, written: bool, complete: bool) -> None:
    entries = plan.entries
    tell_refusals(ctx, (refusal for entry in entries for refusal in entry.refusals), unit)
    for renamed in plan.renamed:
        tell(ctx, f"got a number: {safe(renamed, one_line=True)}")
    if plan.left_out:
        tell(ctx, f"{plan.left_out:,} left out, because the mapping says that they are no cases")
    new = [entry for entry in entries if entry.outcome == "new"]
    if any(not entry.external for entry in new):
        tell(
            ctx, "rows without an id are known by all that they say: one that changes comes in again (--map external=…)"
        )
    asked = sorted({entry.owner.handle for entry in new if entry.owner and entry.owner.id != desk_of(ctx).me.id})
    done = "done" if written and new else "nothing was written"
    more = " — add --yes" if new and complete and not written else ""
    tell(ctx, f"{summary([entry.outcome for entry in entries], OUTCOMES)}; {done}{more}")
    if written and asked:
        named = ", ".join(asked[:NAMED]) + (f" and {len(asked) - NAMED} more" if len(asked) > NAMED else "")
        look = f"owncase inbox --import {safe(shlex.quote(source))}"
        tell(ctx, f"yours until they acknowledge: offered to {named}; they see it with {look}")
