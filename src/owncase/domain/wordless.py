"""A digest is kept as a text like any other: it can be redacted, and as signs that are no word no search finds it.

Whoever has the digest of a text can try texts until one fits. In history there is therefore only a commitment to it.
"""

from owncase.domain.values import REDACTED, Prose

_FIRST, _LAST = 0x2800, 0x28FF
"""The 256 dotted signs of Unicode, one for each byte."""


def wordless(digest: str) -> Prose:
    """The text that stands for a digest in hex."""
    return Prose("".join(chr(_FIRST + byte) for byte in bytes.fromhex(digest)))


def digest_in(kept: str) -> str:
    """The digest in hex that a kept text stands for; older events state it as it is, a redacted one as `[redacted]`."""
    if not kept or any(not _FIRST <= ord(sign) <= _LAST for sign in kept):
        return kept
    return bytes(ord(sign) - _FIRST for sign in kept).hex()


def is_another(kept: str, digest: str) -> bool:
    """Whether a kept text stands for another digest; of a redacted one nobody can tell, and it counts as the same."""
    return kept != REDACTED and digest_in(kept) != digest
