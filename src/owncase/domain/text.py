"""What people type is taken as it is or refused by name and place; only white space at the ends goes silently.

Titles, names and actions are one line in Unicode's composed form (NFC). Notes are prose and keep every character a
terminal would act on, because showing text safely is the work of whoever shows it. Positions count from 1.
"""

import re
import unicodedata
from collections.abc import Callable

from owncase.domain import characters
from owncase.domain.malformed import (
    CaseNumberTooLarge,
    HasControlCharacter,
    HasDirectionControl,
    HasInvisibleCharacter,
    HasLineBreak,
    IsBlank,
    MalformedCaseNumber,
    MalformedEmail,
    MalformedHandle,
    MalformedPhone,
    MalformedRequestId,
    MalformedWords,
    NotUnicode,
    TooLong,
)
from owncase.errors import BadData

PROSE_BYTES = 64 * 1024
SEARCH_CHARACTERS = 1000
SEARCH_TOKENS = 32
LARGEST_CASE_NUMBER = 2**53 - 1  # what every reader of JSON can hold exactly
HANDLE_CHARACTERS = 32
EMAIL_CHARACTERS = 254
_ENDS = " \t\r\n\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_WORD = re.compile(r"[\w.+#-]{1,40}")
_UNFOLDED = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "\u0131": "i"}
)


def one_line(text: str, field: str, *, limit: int = 500) -> str:
    """Take a title, an action or the like: visible, one line, at most `limit` characters (4 bytes each).

    White space and line ends around it are dropped. Raises a BadData that names the field and the position.
    """
    kept = text.strip(_ENDS)
    offset = len(text) - len(text.lstrip(_ENDS))
    if len(kept) > 4 * limit:  # before any work on it; composing shortens fourfold at most
        _refuse_longer(kept, field, limit)
    _refuse_broken_unicode(kept, field, offset)
    _refuse(kept, field, offset, characters.is_line_break, HasLineBreak)
    _refuse(kept, field, offset, characters.is_control, HasControlCharacter)
    _refuse(kept, field, offset, characters.is_direction_control, HasDirectionControl)
    composed = unicodedata.normalize("NFC", kept)
    _refuse_longer(composed, field, limit)
    _refuse_blank(composed, field)
    return composed


def prose(text: str, field: str) -> str:
    """Take a note: at most 64 KiB of UTF-8, anything but NUL; blank lines before and white space after are dropped."""
    kept = text.rstrip(_ENDS).lstrip("\r\n")
    offset = len(text) - len(text.lstrip("\r\n"))
    _refuse_longer(kept, field, PROSE_BYTES)
    _refuse_broken_unicode(kept, field, offset)
    _refuse(kept, field, offset, lambda character: character == characters.NUL, HasControlCharacter)
    size = len(kept.encode())
    if size > PROSE_BYTES:
        raise TooLong(
            f"{field} has {size:,} bytes, at most {PROSE_BYTES:,} fit", fix="keep the rest in a file and name it"
        )
    _refuse_blank(kept, field)
    return kept


def words(text: str, field: str) -> str:
    """Take words apart by commas, in any order and case: lower case, sorted, each once, `billing,storage`.

    Raises a BadData for a word that holds a space, or anything else than letters, digits, `.`, `_`, `+`, `#` and `-`.
    """
    kept = sorted({word.strip(_ENDS) for word in one_line(text, field).lower().split(",")} - {""})
    for word in kept:
        if not _WORD.fullmatch(word):
            raise MalformedWords(
                f"{field} has no word {word!r}", fix="write one-word names apart by commas, billing,storage"
            )
    return ",".join(kept)


def name(text: str, field: str) -> str:
    """Take the name of a person or a customer: one line in which every character can be seen."""
    taken = one_line(text, field)
    offset = len(text) - len(text.lstrip(_ENDS))
    _refuse(text.strip(_ENDS), field, offset, characters.is_invisible, HasInvisibleCharacter)
    return taken


def external_id(text: str) -> str:
    """Take another tracker's id exactly as it stands, neither stripped nor composed, if all of it can be seen."""
    name(text, "external id")
    _refuse(text, "external id", 0, characters.is_control, HasControlCharacter)
    return text


def has_words(text: str) -> bool:
    """Tell whether there is at least one letter or digit, so that `...` is no next action."""
    return any(character.isalnum() for character in text)


def handle(text: str, field: str) -> str:
    """Take a handle or customer key as it is: nothing is folded, so that two people never share one by accident."""
    for place, character in enumerate(text, start=1):
        if re.fullmatch(r"[a-z0-9._-]", character) is None:
            found = _foreign(character, text)
            what = f"{field} has {found} at position {place}, not one of a-z, 0-9, dot, underscore, hyphen"
            raise MalformedHandle(what, fix=_suggested(text))
    if not text:
        raise MalformedHandle(f"{field} is empty", fix=_suggested(text))
    if len(text) > HANDLE_CHARACTERS:
        what = f"{field} has {len(text):,} characters, at most {HANDLE_CHARACTERS} fit"
        raise MalformedHandle(what, fix=_suggested(text))
    if text[0] in "._-":
        raise MalformedHandle(f"{field} has to begin with a letter or a digit", fix=_suggested(text))
    if re.search(r"[a-z]", text) is None:
        raise MalformedHandle(
            f"{field} needs a letter, or it would read as a case number",
            fix=f"write {('p' + text)[:HANDLE_CHARACTERS]}",
        )
    return text


def handle_from(name: str) -> str:
    """Make a handle of a name: `Zoë O'Neil` becomes `zoe-o-neil`, a name that leaves no letter `person-1`.

    Dots and underscores stay; a handle without doubled hyphens comes back unchanged.
    """
    apart = unicodedata.normalize("NFKD", name[:500].lower().translate(_UNFOLDED))
    plain = "".join(character for character in apart if not unicodedata.combining(character))
    joined = re.sub(r"[^a-z0-9._]+", "-", plain).strip("._-")
    cut = joined[:HANDLE_CHARACTERS].rstrip("._-")
    return cut if re.search(r"[a-z]", cut) else "person-1"


def case_number(text: str) -> int:
    """Read `42` or `#42`. Raises a usage problem for anything else, and bad data beyond 2^53-1."""
    digits = text.removeprefix("#")
    if re.fullmatch(r"[0-9]+", digits) is None:
        raise MalformedCaseNumber("a case is a number such as 42 or #42", fix="owncase list")
    meant = digits.lstrip("0")
    if not meant:
        raise MalformedCaseNumber("there is no case 0: cases count from 1", fix="owncase list")
    if len(meant) > len(str(LARGEST_CASE_NUMBER)) or int(meant) > LARGEST_CASE_NUMBER:
        raise CaseNumberTooLarge(f"no case number is beyond {LARGEST_CASE_NUMBER}", fix="owncase list")
    if meant != digits:
        raise MalformedCaseNumber(f"case numbers have no zeros in front: did you mean {meant}?", fix=f"write {meant}")
    return int(meant)


def search_tokens(text: str) -> list[str]:
    """Split what is searched for into runs of letters, digits and their marks, composed; the first 32 count.

    No token holds a quote, an operator, a NUL or a surrogate. Raises bad data beyond 1,000 characters.
    """
    if len(text) > SEARCH_CHARACTERS:
        raise TooLong(
            f"search text has {len(text):,} characters, at most {SEARCH_CHARACTERS:,} fit", fix="search for fewer words"
        )
    spaced = "".join(character if _in_token(character) else " " for character in unicodedata.normalize("NFC", text))
    return [token for token in spaced.split(" ") if has_words(token)][:SEARCH_TOKENS]


def email(text: str, field: str = "e-mail") -> str:
    """Take one plain ASCII address, no display name, no list; white space around it is dropped."""
    kept = text.strip(_ENDS)
    atom = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
    label = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    plain = len(kept) <= EMAIL_CHARACTERS and re.fullmatch(
        rf"(?!-)(?=[^@]{{1,64}}@){atom}(?:\.{atom})*@(?:{label}\.)+{label}", kept
    )
    if not plain or "=?" in kept:
        raise MalformedEmail(f"{field} is not one plain address", fix="write it like ana@example.com")
    return kept


def phone(text: str, field: str = "phone") -> str:
    """Take one number of 3 to 24 digits, with + ( ) . / - and spaces between, maybe an extension: `x 12`, `ext. 12`."""
    kept = text.strip(_ENDS)
    shape = r"\+?[0-9(][0-9 ().\/-]{0,38}(?: ?(?:ext\.?|x) ?[0-9]{1,6})?"
    count = sum(character.isdigit() for character in kept)
    if re.fullmatch(shape, kept, re.IGNORECASE) is None or not 3 <= count <= 24:  # noqa: PLR2004 — said in the docstring
        raise MalformedPhone(f"{field} is not a number that can be dialled", fix="write it like '+1 757 555 0100 x 12'")
    return kept


def request_id(text: str) -> str:
    """Take 1 to 64 of A-Z, a-z, 0-9, dot, underscore, colon and hyphen."""
    if re.fullmatch(r"[A-Za-z0-9._:-]{1,64}", text) is None:
        what = "a request id is 1 to 64 letters, digits, dots, underscores, colons and hyphens"
        raise MalformedRequestId(what, fix="write it like --request-id 2026-11-23.7")
    return text


def _refuse(text: str, field: str, offset: int, bad: Callable[[str], bool], refusal: type[BadData]) -> None:
    for place, character in enumerate(text, start=offset + 1):
        if bad(character):
            raise refusal(f"{field} has {characters.describe(character)} at position {place}", fix="leave it out")


def _refuse_broken_unicode(text: str, field: str, offset: int) -> None:
    place = characters.first_surrogate(text)
    if place is not None:
        raise NotUnicode(f"{field} is not valid UTF-8 at position {offset + place + 1}", fix="give it as UTF-8")


def _refuse_longer(text: str, field: str, limit: int) -> None:
    if len(text) > limit:
        raise TooLong(f"{field} has {len(text):,} characters, at most {limit:,} fit", fix="put the rest into a note")


def _refuse_blank(text: str, field: str) -> None:
    if not any(map(characters.is_visible, text)):
        article = "an" if field[:1].lower() in "aeiou" else "a"
        raise IsBlank(f"needs {article} {field}: what was given is blank", fix=f"say the {field} in words")


def _foreign(character: str, text: str) -> str:
    if character.isascii() or not character.isalpha():
        return "a capital letter" if character.isupper() else characters.describe(character)
    mixed = any("a" <= other <= "z" for other in text.lower()) and "LATIN" not in unicodedata.name(character, "")
    return characters.describe(character) + (", a letter of another script" if mixed else "")


def _suggested(text: str) -> str:
    offered = handle_from(text)
    return f"write {offered}" if offered != "person-1" else "write it like dana or north-shore"


def _in_token(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character)[0] == "M"
