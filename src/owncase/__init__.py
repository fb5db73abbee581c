"""owncase: every open case has one accountable owner and one next action.

The version stands here in plain text: asking the installed metadata for it costs 45 ms.
"""

__version__ = "0.1.0"
