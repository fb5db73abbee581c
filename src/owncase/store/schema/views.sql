-- The read model: names instead of numbers, one row for each thing a person asks about, in the words of the JSON output.

CREATE VIEW person_view AS
SELECT p.id, p.handle, p.name, p.email, p.phone, p.place, p.zone, p.hours, m.handle AS manager, p.login, p.active,
  a.handle AS added_by, p.added_at, p.manager AS manager_id, p.added_by AS added_by_id, (p.added_by = p.id) AS founder,
  p.topics, p.languages
FROM person AS p LEFT JOIN person AS m ON m.id = p.manager LEFT JOIN person AS a ON a.id = p.added_by;

CREATE VIEW customer_view AS
SELECT c.id, c.key, c.name, c.contact, c.email, c.phone, o.handle AS account_owner, c.claimed, s.handle AS second,
  c.added_at, c.next_touch, c.next_touch_due, c.account_owner AS account_owner_id, c.second AS second_id,
  t.handle AS offered_to, f.offered_at, f.answer_by, f.note AS offer_note
FROM customer AS c JOIN person AS o ON o.id = c.account_owner LEFT JOIN person AS s ON s.id = c.second
LEFT JOIN customer_offer AS f ON f.customer = c.id AND f.state = 'offered' LEFT JOIN person AS t ON t.id = f.taker;

CREATE VIEW case_view AS
SELECT k.number AS "case", k.uid, k.external, k.title, c.key AS customer, k.urgency, k.status, o.handle AS owner, k.claimed,
  k.next_action, k.next_due, k.waiting_for, k.replans,
  h.kind AS pending_kind, hf.handle AS pending_from, ht.handle AS pending_to, h.offered_at AS pending_offered_at,
  h.seen_at AS pending_seen_at, h.answer_by AS pending_answer_by, h.next_action AS pending_next_action,
  h.next_due AS pending_next_due, h.note AS pending_note, h.outcome AS pending_outcome, h.id AS pending_id,
  hb.handle AS pending_offered_by, iif(h.eta_debt IS NULL, NULL, (SELECT group_concat(p.case_number || '.' || p.n) FROM promise AS p
      WHERE p.case_number = k.number AND p.state = 'open' AND p.told_due <> p.due)) AS pending_eta_debt,
  (SELECT count(*) FROM promise AS p WHERE p.case_number = k.number AND p.state = 'open') AS promises_open,
  (SELECT count(*) FROM promise AS p WHERE p.case_number = k.number AND p.state = 'open' AND p.told_due <> p.due) AS eta_debt,
  (SELECT min(p.debt_since) FROM promise AS p WHERE p.case_number = k.number AND p.state = 'open' AND p.told_due <> p.due) AS eta_debt_since,
  k.heard_at, o.zone AS owner_zone, o.hours AS owner_hours,
  k.handoffs, k.opened_at, ob.handle AS opened_by, k.closed_at, k.outcome, n.handle AS next_owner, k.version,
  k.source, c.name AS customer_name, k.cause, k.contact, k.channel, k.confirmed_by, k.unconfirmed, k.duplicate_of,
  k.void_reason, k.changed_at, k.came_back, ib.handle AS imported_by,
  k.owner AS owner_id, k.customer AS customer_id, k.next_owner AS next_owner_id, k.opened_by AS opened_by_id
FROM cases AS k JOIN customer AS c ON c.id = k.customer LEFT JOIN person AS o ON o.id = k.owner
LEFT JOIN person AS n ON n.id = k.next_owner JOIN person AS ob ON ob.id = k.opened_by
LEFT JOIN person AS ib ON ib.id = k.imported_by
LEFT JOIN handoff AS h ON h.case_number = k.number AND h.state = 'offered'
LEFT JOIN person AS hf ON hf.id = h.giver LEFT JOIN person AS ht ON ht.id = h.taker
LEFT JOIN person AS hb ON hb.id = h.offered_by;

CREATE VIEW offer_view AS
SELECT h.id, h.case_number AS "case", k.title, c.key AS customer, k.urgency, h.kind, g.handle AS "from", t.handle AS "to",
  b.handle AS offered_by, h.state, h.offered_at, h.seen_at, h.answer_by, h.note, h.outcome, h.confirmed_by, h.unconfirmed,
  coalesce(h.next_action, k.next_action) AS next_action, coalesce(h.next_due, k.next_due) AS next_due,
  (SELECT count(*) FROM promise AS p WHERE p.case_number = k.number AND p.state = 'open') AS promises_open,
  h.answered_at, a.handle AS answered_by, h.reason, h.answer_note, s.handle AS suggested, h.claimed,
  h.giver AS giver_id, h.taker AS taker_id, k.source, h.terms, iif(h.eta_debt IS NULL, NULL, (SELECT group_concat(p.case_number || '.' || p.n) FROM promise AS p
      WHERE p.case_number = k.number AND p.state = 'open' AND p.told_due <> p.due)) AS eta_debt
FROM handoff AS h JOIN cases AS k ON k.number = h.case_number JOIN customer AS c ON c.id = k.customer
JOIN person AS g ON g.id = h.giver JOIN person AS t ON t.id = h.taker JOIN person AS b ON b.id = h.offered_by
LEFT JOIN person AS a ON a.id = h.answered_by LEFT JOIN person AS s ON s.id = h.suggested;

CREATE VIEW customer_offer_view AS
SELECT h.id, c.key AS customer, c.name AS customer_name, g.handle AS "from", t.handle AS "to", b.handle AS offered_by,
  h.state, h.offered_at, h.seen_at, h.answer_by, h.note, h.answered_at, a.handle AS answered_by, h.reason, h.answer_note,
  s.handle AS suggested, h.customer AS customer_id, h.giver AS giver_id, h.taker AS taker_id, h.terms
FROM customer_offer AS h JOIN customer AS c ON c.id = h.customer
JOIN person AS g ON g.id = h.giver JOIN person AS t ON t.id = h.taker JOIN person AS b ON b.id = h.offered_by
LEFT JOIN person AS a ON a.id = h.answered_by LEFT JOIN person AS s ON s.id = h.suggested;

CREATE VIEW promise_view AS
SELECT p.case_number || '.' || p.n AS promise, p.case_number AS "case", p.n, p.text, p.due, p.told_due, p.state,
  m.handle AS made_by, p.made_at, h.handle AS holder, iif(p.state = 'kept', p.ended_at, NULL) AS kept_at,
  iif(p.state = 'kept', k.handle, NULL) AS kept_by, p.confirmed_by,
  c.title, u.key AS customer, p.holder AS holder_id, c.status AS case_status, p.first_due, p.moves, p.late_moves,
  iif(p.state = 'open', p.debt_since, NULL) AS debt_since, p.risk, p.risk_at, p.ended_at, k.handle AS ended_by, p.because,
  p.made, p.event
FROM promise AS p JOIN person AS m ON m.id = p.made_by JOIN person AS h ON h.id = p.holder
LEFT JOIN person AS k ON k.id = p.ended_by JOIN cases AS c ON c.number = p.case_number JOIN customer AS u ON u.id = c.customer;

CREATE VIEW contact_view AS
SELECT u.key || '.' || c.n AS contact, u.key AS customer, c.n, c.name, c.role, c.email, c.phone, c.active,
  a.handle AS added_by, c.added_at, c.customer AS customer_id
FROM contact AS c JOIN customer AS u ON u.id = c.customer JOIN person AS a ON a.id = c.added_by;

CREATE VIEW duty_view AS
SELECT d.id AS duty, p.handle AS person, p.name, p.phone, p.email, p.zone, d.from_at, d.until_at, d.note, a.handle AS added_by,
  d.added_at, d.active, d.person AS person_id
FROM duty AS d JOIN person AS p ON p.id = d.person JOIN person AS a ON a.id = d.added_by;

CREATE VIEW playbook_view AS
SELECT b.key AS playbook, b.title, b.topics, b.id AS version, b.active, a.handle AS added_by, b.added_at, b.body
FROM playbook AS b JOIN person AS a ON a.id = b.added_by;

CREATE VIEW note_view AS
SELECT n.id, n.case_number AS "case", a.handle AS author, n.text, n.noted_at, n.unseen, n.undone
FROM note AS n JOIN person AS a ON a.id = n.author;

-- Who answers for a case in a stretch: its owner, and once it is closed its next owner.
CREATE VIEW tenure_view AS
SELECT t.case_number AS "case", t.n, o.handle AS owner, t.status, t.defaulted, t.from_at, t.until_at, t.owner AS owner_id,
  iif(t.status = 'closed', (SELECT h.taker FROM handoff AS h WHERE h.case_number = t.case_number AND h.kind = 'closing'
    AND h.state = 'acknowledged' AND h.answered_at <= t.from_at ORDER BY h.id DESC LIMIT 1), t.owner) AS accountable_id
FROM tenure AS t LEFT JOIN person AS o ON o.id = t.owner;

-- What a case.undone takes back: the last event of its case by the same person, or the one right before the offer made with it.
CREATE VIEW undone_view AS
SELECT e.seq, e.case_number AS "case", e.actor, o.seq AS undoes, o.kind
FROM event AS e JOIN event AS o ON o.case_number = e.case_number AND o.actor = e.actor AND o.seq < e.seq
  AND e.intent GLOB '*"undoes":' || o.seq || '[,}]*'
WHERE e.kind = 'case.undone' AND NOT EXISTS (SELECT 1 FROM event AS n
  WHERE n.case_number = e.case_number AND n.seq > o.seq AND n.seq < e.seq
    AND (n.seq = o.seq + 1 AND n.kind = 'handoff.offered' AND n.actor = e.actor) IS NOT TRUE);

-- Letters by the event by which their server first accepted them: then the customer was told.
CREATE VIEW letter_told_view AS
SELECT o.event AS seq, e.at, l.id AS letter, l.customer, l.case_number, l.sender, l.promises
FROM outbox AS o JOIN event AS e ON e.seq = o.event AND e.kind = 'letter.tried' JOIN letter AS l ON l.id = o.letter
WHERE o.state = 'sent'
  AND NOT EXISTS (SELECT 1 FROM outbox AS b WHERE b.letter = o.letter AND b.state = 'sent' AND b.event < o.event);

CREATE VIEW outbox_view AS
SELECT o.letter, o.n, l.case_number AS "case", u.key AS customer, l.kind, s.handle AS sender, o.recipient AS "to", o.state,
  l.queued_at, o.tries, o.tried_at, o.trouble, l.subject, l.message_id, l.message, l.promises
FROM outbox AS o JOIN letter AS l ON l.id = o.letter JOIN customer AS u ON u.id = l.customer JOIN person AS s ON s.id = l.sender;

CREATE VIEW event_view AS
SELECT e.seq, e.case_number AS "case", e.kind, e.at, e.recorded_at, p.handle AS "by", e.intent, e.request, e.hash,
  e.subject, e.actor
FROM event AS e LEFT JOIN person AS p ON p.id = e.actor;
