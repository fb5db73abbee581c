"""What the commands of the store's care print."""

from owncase.render.sheet import Column, Columns

CHECK = Columns(
    (
        Column("verdict", "Verdict"), Column("events", "Events", "number"), Column("texts", "Texts", "number"),
        Column("redacted", "Redacted", "number"), Column("rows", "Rows", "number"),
        Column("sound_to", "Sound to event", "number"),
    ),
    ("sound", "history_sound", "verdict", "store", "events", "hash", "texts", "rows", "sound_to", "findings",
     "left_out", "notes", "redacted"),
)  # fmt: skip
HEAD = Columns(
    (Column("line", "Head"), Column("recorded_at", "Recorded", "moment")),
    ("line", "store", "seq", "hash", "recorded_at"),
)
INFO = Columns(
    (
        Column("path", "Path"), Column("store", "Store"), Column("schema", "Schema", "number"),
        Column("bytes", "Bytes", "number"),
        Column("events", "Events", "number"), Column("last_event_at", "Last event", "moment"),
        Column("cases", "Cases", "number"), Column("open", "Open", "number"), Column("people", "People", "number"),
        Column("customers", "Customers", "number"), Column("created_at", "Made", "moment"), Column("disk", "Disk"),
        Column("group", "Group"), Column("may_write", "May write", "list"),
    ),
    ("path", "store", "schema", "bytes", "events", "last_event_at", "cases", "open", "people", "customers",
     "created_at", "created_by", "disk", "sqlite", "group", "may_write"),
)  # fmt: skip
BACKUP = Columns(
    (Column("file", "File"), Column("events", "Events", "number"), Column("bytes", "Bytes", "number")),
    ("file", "store", "events", "hash", "bytes"),
)
RESTORED = Columns(
    (
        Column("store", "Store"),
        Column("events", "Events", "number"),
        Column("lost", "Lost", "number"),
        Column("kept", "Replaced"),
    ),
    ("store", "events", "hash", "lost", "kept"),
)
UPGRADED = Columns(
    (Column("made_anew", "Made anew", "flag"), Column("events", "Events", "number"), Column("backup", "Backup")),
    ("made_anew", "events", "backup"),
)
REDACTED = Columns(
    (
        Column("target", "Of"), Column("texts", "Texts", "number"), Column("cases", "Cases", "list"),
        Column("because", "Because"), Column("at", "Removed", "moment"), Column("copies", "Older copies", "list"),
    ),
    ("target", "what", "texts", "cases", "events", "at", "because", "dry_run", "digests_left", "copies",
     "lines_forgotten"),
)  # fmt: skip
