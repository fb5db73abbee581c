"""The argument that commands about settings share."""

from typing import Annotated

import typer

from owncase.settings import KEYS, STORE_KEYS

KeyArgument = Annotated[
    str, typer.Argument(metavar="KEY", help="Name of a setting.", autocompletion=lambda: [*KEYS, *STORE_KEYS])
]
