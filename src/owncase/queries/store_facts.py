"""What is in the store, in numbers?"""

from typing import Any

from owncase.store.reader import Reader

FACTS = """
SELECT json_extract(g.intent, '$.store') AS store, v.user_version AS schema, h.seq AS events,
  h.recorded_at AS last_event_at,
  (SELECT count(*) FROM cases) AS cases, (SELECT count(*) FROM cases WHERE status = 'open') AS open,
  (SELECT count(*) FROM person WHERE active = 1) AS people, (SELECT count(*) FROM customer) AS customers,
  g.recorded_at AS created_at, p.handle AS created_by
FROM event AS g JOIN event AS h ON h.seq = (SELECT max(seq) FROM event) JOIN pragma_user_version AS v
LEFT JOIN person AS p ON p.id = g.actor WHERE g.seq = 1
"""


def store_facts(reader: Reader) -> dict[str, Any]:
    """The store's id, schema, counts, and when and by whom it was made."""
    return reader.one(FACTS) or {}
