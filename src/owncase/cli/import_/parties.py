"""How people and customers are brought in alike: a file is read, what would become of it is shown, `--yes` does it."""

from collections.abc import Callable, Sequence

import typer

from owncase.cli.context import desk_of, settings_of, tell, world_of
from owncase.cli.import_.told import summary, tell_refusals
from owncase.cli.output import show
from owncase.desk import Desk
from owncase.errors import UsageProblem
from owncase.exchange import mapping_file, records
from owncase.exchange.import_people import Plan
from owncase.exchange.mapping import Mapping
from owncase.exchange.records import Table
from owncase.exchange.refusal import RowsRefused
from owncase.render.import_columns import party_columns
from owncase.render.safe import safe
from owncase.render.sheet import Sheet

OUTCOMES = (
    ("new", "new"),
    ("present", "already present"),
    ("changed", "here with other details, and not touched"),
    ("refused", "refused"),
)


class Answer:
    """What was asked of an import of people or customers besides the file, and how its answer is shown."""

    def __init__(
        self,
        ctx: typer.Context,
        *,
        yes: bool,
        dry_run: bool,
        skip_bad: bool,
        format: str | None,
        json: bool,
    ) -> None:
        if yes and dry_run:
            raise UsageProblem("--yes and --dry-run say different things", fix="give one of them")
        self.ctx, self.yes, self.skip_bad, self.format, self.json = ctx, yes, skip_bad, format, json

    def read(
        self, file: str, form: str | None, base: Mapping, named: str | None, said: Sequence[str] | None,
        save: str | None, fields: Sequence[str],
    ) -> tuple[Table, Mapping]:  # fmt: skip
        """The file and the mapping that fits it, remembered under `save`."""
        settings = settings_of(self.ctx)
        desk_of(self.ctx).me  # noqa: B018 - an import is somebody's act, and that is known before a long file is read
        table = records.read(file, world_of(self.ctx).stdin, form)
        chosen = mapping_file.chosen(settings, named, said or [], table.form)
        fitted = (base | chosen).fitted(table.header, fields)
        if save is not None:
            kept = mapping_file.save(settings, save, chosen)
            tell(self.ctx, f"mapping {save} remembered in {safe(str(kept))}")
        return table, fitted

    def finish(self, table: Table, plan: Plan, fields: Sequence[str], add: Callable[[Desk, Plan], None]) -> None:
        """Do it if that was wished, and show what came of each. Raises `RowsRefused`."""
        entries = plan.rows.entries
        refused = any(entry.outcome == "refused" for entry in entries) and not self.skip_bad
        written = self.yes and not refused
        if written and any(entry.outcome == "new" for entry in entries):
            add(desk_of(self.ctx), plan)
        sheet = Sheet([entry.row(fields) for entry in entries], party_columns(fields), empty="Nobody is named there.")
        show(self.ctx, sheet, self.format, json=self.json)
        self._tell(plan, table.unit, written=written)
        if refused:
            raise RowsRefused(
                "refused rows keep the whole file out", fix="mend them, or leave them out with --skip-bad"
            )

    def _tell(self, plan: Plan, unit: str, *, written: bool) -> None:
        entries = plan.rows.entries
        tell_refusals(self.ctx, (refusal for entry in entries for refusal in entry.refusals), unit)
        for renamed in plan.renamed:
            tell(self.ctx, f"got a number: {safe(renamed, one_line=True)}")
        for count, what in (
            (plan.rows.again, "said by another row already"),
            (plan.rows.blank, "nobody is named there"),
            (plan.rows.gone, "not active any more"),
        ):
            if count:
                tell(self.ctx, f"{count:,} row{'' if count == 1 else 's'} left aside: {what}")
        said = summary([entry.outcome for entry in entries], OUTCOMES)
        if written:
            tell(self.ctx, f"{said}; done")
        else:
            more = " — add --yes" if not self.yes and any(entry.outcome == "new" for entry in entries) else ""
            tell(self.ctx, f"{said}; nothing was written{more}")
