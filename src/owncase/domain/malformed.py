"""What people type can be malformed in these ways, each with a name of its own."""

from owncase.errors import BadData, UsageProblem


class IsBlank(BadData):
    """Something with words was needed."""


class TooLong(BadData):
    """The text is longer than its field."""


class NotUnicode(BadData):
    """The bytes given were not valid UTF-8, or the text holds half a character."""


class HasControlCharacter(BadData):
    """A character that steers terminals stands in a one-line field."""


class HasLineBreak(BadData):
    """A one-line field has more than one line."""


class HasDirectionControl(BadData):
    """A character stands in the text that would show it in another order than it is stored."""


class HasInvisibleCharacter(BadData):
    """A name or an id holds a character nobody can see."""


class MalformedHandle(BadData):
    """A handle is 1 to 32 of a-z, 0-9, dot, underscore and hyphen, begins with a letter or digit and has a letter."""


class MalformedCaseNumber(UsageProblem):
    """A case is a number such as 42 or #42."""


class CaseNumberTooLarge(BadData):
    """No case has a number beyond 2^53-1."""


class MalformedEmail(BadData):
    """An e-mail field holds one plain address."""


class MalformedPhone(BadData):
    """A phone field holds one number that can be dialled."""


class MalformedWords(BadData):
    """Topics and languages are single words."""


class MalformedRequestId(BadData):
    """A request id is 1 to 64 letters, digits, dots, underscores, colons and hyphens."""
