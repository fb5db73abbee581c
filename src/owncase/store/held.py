"""What a person still holds, each as words with the command that passes it on, and since when they have their login."""

HOLDINGS = """
SELECT 'case ' || number || ' (owncase handoff ' || number || ' --to HANDLE)'
  FROM cases WHERE owner = :who AND status = 'open'
UNION ALL SELECT 'an offer of case ' || case_number || ' (owncase decline ' || case_number || ' --reason away)'
  FROM handoff WHERE taker = :who AND state = 'offered'
UNION ALL SELECT 'the account ' || key || ' (owncase customer handoff ' || key || ' --to HANDLE)'
  FROM customer WHERE account_owner = :who
UNION ALL SELECT 'an offer of the account ' || c.key || ' (owncase decline ' || c.key || ' --reason away)'
  FROM customer_offer AS o JOIN customer AS c ON c.id = o.customer WHERE o.taker = :who AND o.state = 'offered'
UNION ALL SELECT 'promise ' || case_number || '.' || n || ' (owncase promise keep ' || case_number || '.' || n || ')'
  FROM promise WHERE holder = :who AND state = 'open'
UNION ALL SELECT 'duty ' || id || ' (owncase duty remove ' || id || ')'
  FROM duty WHERE person = :who AND active = 1 AND until_at > :at
"""
LOGIN_GIVEN = """
SELECT at FROM event WHERE subject = ? AND (kind = 'person.joined'
  OR kind IN ('person.added', 'person.edited') AND json_extract(intent, '$.data.login') IS NOT NULL)
ORDER BY seq DESC LIMIT 1
"""
