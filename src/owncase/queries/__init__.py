"""One question each: SQL over the views, read-only, rows out."""
