"""What every command about one promise takes."""

from typing import Annotated

import typer

Promise = Annotated[
    str,
    typer.Argument(
        metavar="PROMISE", help="Case and number of the promise, such as 42.1; or a case with one open promise."
    ),
]
