"""`owncase import contacts FILE`: whom to ask for at the customers', from an address book or a table."""

from functools import partial
from typing import Annotated

import typer

from owncase.cli import complete
from owncase.cli.context import desk_of, tell
from owncase.cli.import_.case_options import NewCustomers
from owncase.cli.import_.options import File, From, Map, MappingName, SaveMapping, SkipBad, Yes
from owncase.cli.import_.parties import Answer
from owncase.cli.options import DryRun, Format, Json
from owncase.exchange import import_contacts
from owncase.queries.lookup import customer_of

Customer = Annotated[
    str | None,
    typer.Option(
        "--customer", "-c", metavar="CUSTOMER", help="They are all contacts of this customer, whatever the file says.",
        autocompletion=complete.customers,
    ),
]  # fmt: skip


def command(
    ctx: typer.Context,
    file: File,
    customer: Customer = None,
    new_customers: NewCustomers = False,
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
    """Import contacts of customers: a vCard file, or a table of them."""
    answer = Answer(ctx, yes=yes, dry_run=dry_run, skip_bad=skip_bad, format=format, json=json)
    fields = tuple(name for name in import_contacts.FIELDS if name != "contact")
    table, fitted = answer.read(file, from_, import_contacts.COLUMNS, mapping, map, save_mapping, fields)
    desk = desk_of(ctx)
    key = None if customer is None else str(customer_of(desk.reader, customer)["key"])
    plan, clients = import_contacts.plan(desk, table, fitted, customer=key, new_customers=new_customers)
    if crowded := sum("left" in entry.said for entry in plan.rows.entries):
        cards = f"{crowded:,} card{'' if crowded == 1 else 's'}"
        tell(
            ctx, f"{cards} with more addresses or numbers than the one of each that is kept: -f csv shows them as left"
        )
    answer.finish(table, plan, import_contacts.FIELDS, partial(import_contacts.add, clients=clients))
