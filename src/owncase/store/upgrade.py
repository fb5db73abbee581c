"""What is derived is made anew from history, which is never touched: new tables after an upgrade, sound ones after damage.

There are no migrations. The old tables, views and triggers go, those of this program come, history is told again into
them, and all of it is compared before the commit.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from owncase import __version__
from owncase.desk import Actor, Desk
from owncase.domain.values import Person
