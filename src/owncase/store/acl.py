"""What an access control list lets somebody named in it do, which the nine bits of a mode do not tell."""

import os
import struct
from pathlib import Path

ATTRIBUTE = "system.posix_acl_access"
HEAD, ENTRY = 4, "<HHI"
"""How Linux keeps such a list: a version, then a tag, permissions and an id for each entry."""
NAMED = frozenset((0x02, 0x08))
"""The tags of a user and of a group by number."""
WRITES = 0x02


def others_may_write(path: Path) -> bool:
    """Whether a list names somebody, beside owner and group, who may write."""
    try:
        kept = os.getxattr(path, ATTRIBUTE)
    except (OSError, AttributeError):  # it has none, or this system keeps none there
        return False
    entries = struct.iter_unpack(ENTRY, kept[HEAD:])
    return any(tag in NAMED and may & WRITES for tag, may, _who in entries)
