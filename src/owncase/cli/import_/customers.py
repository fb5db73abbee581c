"""`owncase import customers FILE`: every customer of a file is added, and offered to the owner it names."""

import typer

from owncase.cli.context import desk_of
from owncase.cli.import_.options import File, From, Map, MappingName, SaveMapping, SkipBad, Yes
from owncase.cli.import_.parties import Answer
from owncase.cli.options import DryRun, Format, Json
from owncase.exchange import import_customers
from owncase.exchange.mapping import Mapping


def command(
    ctx: typer.Context,
    file: File,
    map: Map = None,
    mapping: MappingName = None,
    save_mapping: SaveMapping = None,
    from_: From = None,
    skip_bad: SkipBad = False,
    yes: Yes = False,
    dry_run: DryRun = False,
    format: Format = None,
    json: Json = False,
) -> None:
    """Import customers, each offered to the account owner the file names."""
    answer = Answer(ctx, yes=yes, dry_run=dry_run, skip_bad=skip_bad, format=format, json=json)
    base = Mapping(columns={"owner": ("owner", "account_owner")})
    table, fitted = answer.read(file, from_, base, mapping, map, save_mapping, import_customers.FIELDS)
    plan = import_customers.plan(desk_of(ctx), table, fitted)
    answer.finish(table, plan, import_customers.FIELDS, import_customers.add)
