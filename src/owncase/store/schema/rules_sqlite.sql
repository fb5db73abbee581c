-- Rules 1 to 5 and 7 again, for whoever writes past the program. Each trigger carries the whole guard of its table and verb.
-- How these are written, and why: no CHECK, UNIQUE or FOREIGN KEY that guards a rule is trusted alone (a pragma or OR REPLACE
-- silences them), NULL never passes a comparison (IS, IS NOT, IS NOT TRUE), and a row changes only by naming a newer event
-- of fitting kind, case and actor, so that no event and no acknowledgement serves twice.

-- history ------------------------------------------------------------------------------------------------------------

CREATE TRIGGER event_insert BEFORE INSERT ON event BEGIN
  SELECT raise(ABORT, 'rule 7: history grows by the next event only')
  WHERE new.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM event)
    OR (length(new.hash) = 64 AND new.intent GLOB '{*}' AND new.signature IS NULL) IS NOT TRUE
    OR new.kind IS NULL OR new.at IS NULL OR new.recorded_at IS NULL
    OR new.case_number IS NOT NULL AND new.subject IS NOT NULL;
  SELECT raise(ABORT, 'rule 7: this request is already in history')
  WHERE new.request IS NOT NULL AND EXISTS (SELECT 1 FROM event WHERE request = new.request);
  SELECT raise(ABORT, 'rule 7: an event needs an active person who acts')
  WHERE new.seq > 2 AND NOT EXISTS (SELECT 1 FROM person WHERE id = new.actor AND active = 1);
END;
CREATE TRIGGER event_update BEFORE UPDATE ON event BEGIN SELECT raise(ABORT, 'rule 7: history is append-only'); END;
CREATE TRIGGER event_delete BEFORE DELETE ON event BEGIN SELECT raise(ABORT, 'rule 7: history is append-only'); END;

CREATE TRIGGER text_insert BEFORE INSERT ON text BEGIN
  SELECT raise(ABORT, 'rule 7: a text belongs to its event')
  WHERE new.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM text)
    OR NOT EXISTS (SELECT 1 FROM event WHERE seq = new.event AND instr(intent, '"' || new.commitment || '"') > 0)
    OR EXISTS (SELECT 1 FROM text WHERE event = new.event AND commitment = new.commitment)
    OR new.event < (SELECT event FROM text ORDER BY id DESC LIMIT 1)
    OR (length(new.commitment) = 64 AND length(new.salt) = 32 AND typeof(new.body) = 'text') IS NOT TRUE;
END;
CREATE TRIGGER text_update BEFORE UPDATE ON text BEGIN SELECT raise(ABORT, 'rule 7: history is append-only'); END;
CREATE TRIGGER text_delete BEFORE DELETE ON text BEGIN
  SELECT raise(ABORT, 'rule 7: a text goes only by the redaction that names it, by whoever made the store, of what is over')
  WHERE NOT EXISTS (SELECT 1 FROM event AS e JOIN event AS told ON told.seq = old.event
    WHERE e.seq = (SELECT max(seq) FROM event) AND e.kind = 'text.redacted' AND told.kind IS NOT 'text.redacted'
      AND instr(e.intent, '"' || old.commitment || '"') > 0 AND told.case_number IS e.case_number
      AND (e.case_number IS NOT NULL OR told.subject = e.subject)
      AND EXISTS (SELECT 1 FROM person WHERE id = e.actor AND added_by = id)
      AND NOT EXISTS (SELECT 1 FROM person WHERE id = e.subject AND active IS NOT 0)
      AND NOT EXISTS (SELECT 1 FROM customer WHERE id = e.subject AND next_touch IS NOT NULL)
      AND NOT EXISTS (SELECT 1 FROM customer_offer WHERE customer = e.subject AND state = 'offered')
      AND NOT EXISTS (SELECT 1 FROM cases AS c WHERE (c.number = e.case_number OR e.case_number IS NULL AND c.customer = e.subject)
        AND (c.status IS 'open' OR EXISTS (SELECT 1 FROM promise WHERE case_number = c.number AND state = 'open'))));
END;

-- people -------------------------------------------------------------------------------------------------------------

CREATE TRIGGER person_insert BEFORE INSERT ON person BEGIN
  SELECT raise(ABORT, 'rule 7: a person is added by an event of their own')
  WHERE new.id IS NOT new.event OR new.active IS NOT 1
    OR NOT EXISTS (SELECT 1 FROM event WHERE seq = new.event AND subject = new.id AND kind = 'person.added' AND actor IS new.added_by)
    OR EXISTS (SELECT 1 FROM person WHERE id = new.id);
  SELECT raise(ABORT, 'this handle or login is taken')
  WHERE EXISTS (SELECT 1 FROM person WHERE handle = new.handle OR login = new.login)
    OR EXISTS (SELECT 1 FROM customer WHERE key = new.handle);
END;
CREATE TRIGGER person_update BEFORE UPDATE ON person BEGIN
  SELECT raise(ABORT, 'rule 7: a person changes by an event of their own')
  WHERE new.id IS NOT old.id OR new.added_by IS NOT old.added_by OR new.added_at IS NOT old.added_at
    OR (new.event > old.event) IS NOT TRUE OR (new.active <= old.active) IS NOT TRUE
    OR NOT EXISTS (SELECT 1 FROM event WHERE seq = new.event AND subject = old.id
      AND kind IN ('person.edited', 'person.joined', 'person.retired') AND (kind = 'person.retired') = (new.active < old.active))
    OR EXISTS (SELECT 1 FROM event WHERE subject = old.id AND seq > new.event);
  SELECT raise(ABORT, 'this handle or login is taken')
  WHERE EXISTS (SELECT 1 FROM person WHERE id <> old.id AND (handle = new.handle OR login = new.login))
    OR EXISTS (SELECT 1 FROM customer WHERE key = new.handle);
  SELECT raise(ABORT, 'rule 11: who joins was unclaimed, speaks for themselves, and gets the login of who typed it')
  WHERE EXISTS (SELECT 1 FROM event AS e WHERE e.seq = new.event AND e.kind IS NOT 'person.edited'
    AND (new.handle IS NOT old.handle OR new.name IS NOT old.name OR new.email IS NOT old.email OR new.phone IS NOT old.phone
      OR new.place IS NOT old.place OR new.zone IS NOT old.zone OR new.hours IS NOT old.hours OR new.manager IS NOT old.manager
      OR new.topics IS NOT old.topics OR new.languages IS NOT old.languages
      OR e.kind = 'person.retired' AND new.login IS NOT old.login
      OR e.kind = 'person.joined' AND (old.login IS NOT NULL OR old.active IS NOT 1 OR e.actor IS NOT old.id
        OR (instr(e.intent, '"typed_by":"' || replace(replace(new.login, '\', '\\'), '"', '\"') || '"') > 0) IS NOT TRUE)));
  SELECT raise(ABORT, 'rule 9: a person who leaves owns nothing')
  WHERE new.active IS NOT old.active AND (new.active IS NOT 0 OR old.active IS NOT 1
    OR EXISTS (SELECT 1 FROM cases WHERE owner = old.id AND status = 'open')
    OR EXISTS (SELECT 1 FROM handoff WHERE taker = old.id AND state = 'offered')
    OR EXISTS (SELECT 1 FROM customer WHERE account_owner = old.id)
    OR EXISTS (SELECT 1 FROM customer_offer WHERE taker = old.id AND state = 'offered')
    OR EXISTS (SELECT 1 FROM promise WHERE holder = old.id AND state = 'open')
    OR EXISTS (SELECT 1 FROM duty WHERE person = old.id AND active = 1 AND until_at > (SELECT at FROM event WHERE seq = new.event)));
END;
CREATE TRIGGER person_delete BEFORE DELETE ON person BEGIN SELECT raise(ABORT, 'rule 7: people are retired, never deleted'); END;

-- customers ----------------------------------------------------------------------------------------------------------

CREATE TRIGGER customer_insert BEFORE INSERT ON customer BEGIN
  SELECT raise(ABORT, 'rule 7: a customer is added by an event of its own')
  WHERE new.id IS NOT new.event OR new.via IS NOT 0 OR EXISTS (SELECT 1 FROM customer WHERE id = new.id)
    OR new.next_touch IS NOT NULL OR new.next_touch_due IS NOT NULL
    OR NOT EXISTS (SELECT 1 FROM event WHERE seq = new.event AND subject = new.id AND kind = 'customer.added' AND actor IS new.added_by);
  SELECT raise(ABORT, 'this key is taken')
  WHERE EXISTS (SELECT 1 FROM customer WHERE key = new.key) OR EXISTS (SELECT 1 FROM person WHERE handle = new.key);
  SELECT raise(ABORT, 'rule 12: an account owner is an active person')
  WHERE NOT EXISTS (SELECT 1 FROM person WHERE id = new.account_owner AND active = 1)
    OR new.claimed IS NOT (new.account_owner IS NOT new.added_by);
END;
CREATE TRIGGER customer_update BEFORE UPDATE ON customer BEGIN
  SELECT raise(ABORT, 'rule 7: a customer changes by an event of its own')
  WHERE new.id IS NOT old.id OR new.added_by IS NOT old.added_by OR new.added_at IS NOT old.added_at
    OR (new.event > old.event) IS NOT TRUE
    OR NOT EXISTS (SELECT 1 FROM event WHERE seq = new.event AND subject = old.id AND kind IN ('customer.edited', 'customer.offered',
      'customer.seen', 'customer.acknowledged', 'customer.declined', 'customer.withdrawn', 'customer.planned'))
    OR EXISTS (SELECT 1 FROM event WHERE subject = old.id AND seq > new.event);
  SELECT raise(ABORT, 'this key is taken')
  WHERE EXISTS (SELECT 1 FROM customer WHERE id <> old.id AND key = new.key) OR EXISTS (SELECT 1 FROM person WHERE handle = new.key);
  SELECT raise(ABORT, 'rule 7: what is known of a customer changes only by an edit')
  WHERE (new.key IS NOT old.key OR new.name IS NOT old.name OR new.contact IS NOT old.contact OR new.email IS NOT old.email
      OR new.phone IS NOT old.phone OR new.second IS NOT old.second)
    AND NOT EXISTS (SELECT 1 FROM event WHERE seq = new.event AND kind = 'customer.edited');
  SELECT raise(ABORT, 'rule 7: the next touch of a customer, action and due, is said by the account owner or the second')
  WHERE (new.next_touch IS NOT old.next_touch OR new.next_touch_due IS NOT old.next_touch_due)
    AND (NOT EXISTS (SELECT 1 FROM event WHERE seq = new.event AND kind = 'customer.planned'
        AND actor IN (old.account_owner, old.second))
      OR (new.next_touch IS NULL AND new.next_touch_due IS NULL
        OR length(trim(new.next_touch, char(9, 10, 11, 12, 13, 32, 133, 160, 8203, 12288))) > 0
          AND new.next_touch_due GLOB '2[01][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z') IS NOT TRUE);
  SELECT raise(ABORT, 'rule 12: an account owner changes only by an acknowledged customer handoff')
  WHERE (new.account_owner IS NOT old.account_owner OR new.claimed IS NOT old.claimed OR new.via IS NOT old.via) AND NOT EXISTS (
    SELECT 1 FROM customer_offer AS h WHERE h.customer = old.id AND h.event = new.event AND new.via = h.id AND h.id > old.via
      AND new.claimed = 0 AND (h.state = 'acknowledged' AND h.answered_by = h.taker AND new.account_owner = h.taker
        OR h.state IN ('declined', 'withdrawn') AND old.claimed = 1 AND h.taker = old.account_owner
          AND new.account_owner = old.added_by AND EXISTS (SELECT 1 FROM person WHERE id = new.account_owner AND active = 1)));
END;
CREATE TRIGGER customer_delete BEFORE DELETE ON customer BEGIN SELECT raise(ABORT, 'rule 7: customers are never deleted'); END;

CREATE TRIGGER customer_offer_insert BEFORE INSERT ON customer_offer BEGIN
  SELECT raise(ABORT, 'rule 3: one standing offer, made by an event of its own, to an active person')
  WHERE new.state IS NOT 'offered' OR new.id IS NOT new.event OR new.answered_by IS NOT NULL
    OR EXISTS (SELECT 1 FROM customer_offer WHERE id = new.id OR (customer = new.customer AND state = 'offered'))
    OR NOT EXISTS (SELECT 1 FROM event WHERE seq = new.event AND subject = new.customer AND kind = 'customer.offered'
      AND actor IS new.offered_by)
    OR NOT EXISTS (SELECT 1 FROM person WHERE id = new.taker AND active = 1)
    OR NOT EXISTS (SELECT 1 FROM customer AS c JOIN person AS o ON o.id = c.account_owner WHERE c.id = new.customer
      AND (new.giver = o.id AND new.offered_by IN (o.id, o.manager)
        OR c.claimed = 1 AND new.giver = c.added_by AND new.offered_by = c.added_by))
    OR new.taker IS new.giver OR new.terms IS NOT NULL;
END;
CREATE TRIGGER customer_offer_update BEFORE UPDATE ON customer_offer BEGIN
  SELECT raise(ABORT, 'rule 12: an answered offer is final, and only its taker answers')
  WHERE old.state IS NOT 'offered' OR new.id IS NOT old.id OR new.customer IS NOT old.customer OR new.giver IS NOT old.giver
    OR new.offered_by IS NOT old.offered_by OR new.taker IS NOT old.taker OR (new.event > old.event) IS NOT TRUE
    OR new.note IS NOT old.note OR new.offered_at IS NOT old.offered_at OR new.answer_by IS NOT old.answer_by
    OR EXISTS (SELECT 1 FROM event WHERE subject = old.customer AND seq > new.event)
    OR NOT EXISTS (SELECT 1 FROM event AS e WHERE e.seq = new.event AND e.subject = old.customer AND (
      (new.state = 'acknowledged' AND e.kind = 'customer.acknowledged' AND e.actor = old.taker AND new.answered_by = old.taker
        AND (old.offered_by <> old.taker OR old.giver <> old.offered_by))
      OR (new.state = 'declined' AND e.kind = 'customer.declined' AND e.actor = old.taker AND new.answered_by = old.taker)
      OR (new.state = 'withdrawn' AND e.kind = 'customer.withdrawn' AND (e.actor IN (old.giver, old.offered_by)
        OR EXISTS (SELECT 1 FROM customer AS c JOIN person AS o ON o.id = c.account_owner
          WHERE c.id = old.customer AND e.actor IN (o.id, o.manager))))
      OR (new.state = 'offered' AND e.kind = 'customer.seen' AND e.actor = old.taker AND new.answered_by IS NULL)));
  SELECT raise(ABORT, 'rule 7: the terms of a no are what its event states')
  WHERE (new.terms IS NOT old.terms OR new.state IS 'declined') AND NOT EXISTS (SELECT 1 FROM event WHERE seq = new.event
    AND kind = 'customer.declined' AND (instr(intent, '"terms":') > 0) IS (new.terms IS NOT NULL)
    AND (new.terms IS NULL OR new.terms GLOB '*]]' AND instr(intent, '"terms":' || new.terms) > 0));
END;
CREATE TRIGGER customer_offer_delete BEFORE DELETE ON customer_offer BEGIN SELECT raise(ABORT, 'rule 7: offers are never deleted'); END;
CREATE TRIGGER customer_offer_answered AFTER UPDATE OF state ON customer_offer WHEN new.state IS 'acknowledged' BEGIN
  UPDATE customer SET account_owner = new.taker, claimed = 0, via = new.id, event = new.event WHERE id = new.customer;
  SELECT raise(ABORT, 'rule 12: the acknowledgement did not move the account')
  WHERE NOT EXISTS (SELECT 1 FROM customer WHERE id = new.customer AND via = new.id AND account_owner = new.taker);
END;

-- cases --------------------------------------------------------------------------------------------------------------

CREATE TRIGGER case_insert BEFORE INSERT ON cases BEGIN
  SELECT raise(ABORT, 'rule 7: no event says this of a case')
  WHERE new.topic IS NOT NULL OR new.step IS NOT 0
    OR new.playbook IS NOT NULL AND NOT EXISTS (SELECT 1 FROM event AS e JOIN playbook AS b ON b.id = new.playbook AND b.active = 1
      WHERE e.seq = new.event AND e.kind = 'case.opened' AND e.intent GLOB '*"playbook":' || b.id || '[,}]*');
  SELECT raise(ABORT, 'rule 7: a case begins by an event of its own')
  WHERE EXISTS (SELECT 1 FROM cases WHERE number = new.number OR uid = new.uid
      OR (new.external IS NOT NULL AND source = new.source AND external = new.external))
    OR EXISTS (SELECT 1 FROM event WHERE case_number = new.number AND seq > new.event)
    OR new.handoffs IS NULL OR new.contacts IS NOT 0 OR new.outcome IS NOT NULL OR new.next_owner IS NOT NULL
    OR new.confirmed_by IS NOT NULL OR new.unconfirmed IS NOT NULL
    OR NOT EXISTS (SELECT 1 FROM event AS e WHERE e.seq = new.event AND e.case_number = new.number AND (
      (e.kind = 'case.opened' AND new.status = 'open' AND new.claimed = 0 AND new.owner = e.actor AND new.opened_by = e.actor
        AND new.via = 0 AND new.handoffs = 0 AND new.imported_by IS NULL)
      OR (e.kind = 'case.imported' AND new.imported_by = e.actor AND new.claimed = 1 AND new.status IN ('open', 'archived'))));
  SELECT raise(ABORT, 'rule 1: an open case has one owner, who is an active person, and one next action with a due moment')
  WHERE new.status IS NOT 'archived' AND (NOT EXISTS (SELECT 1 FROM person WHERE id = new.owner AND active = 1)
    OR (length(trim(new.next_action, char(9, 10, 11, 12, 13, 32, 133, 160, 8203, 12288))) > 0) IS NOT TRUE
    OR (new.next_due GLOB '2[01][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z') IS NOT TRUE);
  SELECT raise(ABORT, 'a case is for a known customer') WHERE NOT EXISTS (SELECT 1 FROM customer WHERE id = new.customer);
END;

CREATE TRIGGER case_update BEFORE UPDATE ON cases BEGIN
  SELECT raise(ABORT, 'rule 7: no event says this of a case')
  WHERE new.topic IS NOT old.topic OR new.playbook IS NOT old.playbook
    OR new.step IS NOT old.step AND (old.playbook IS NULL OR NOT EXISTS (SELECT 1 FROM event WHERE seq = new.event
          AND kind = 'case.done' AND actor = old.owner AND new.step IS old.step + 1 AND intent GLOB '*"step":' || new.step || '[,}]*')
      AND NOT EXISTS (SELECT 1 FROM undone_view AS u JOIN event AS o ON o.seq = u.undoes WHERE u.seq = new.event AND u.kind = 'case.done'
          AND u.actor = old.owner AND new.step IS old.step - 1 AND o.intent GLOB '*"step":' || old.step || '[,}]*'));
  SELECT raise(ABORT, 'rule 1: an open case has one owner, who is an active person, and one next action with a due moment')
  WHERE new.status IS 'open' AND (NOT EXISTS (SELECT 1 FROM person WHERE id = new.owner AND active = 1)
    OR (length(trim(new.next_action, char(9, 10, 11, 12, 13, 32, 133, 160, 8203, 12288))) > 0) IS NOT TRUE
    OR (new.next_due GLOB '2[01][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z') IS NOT TRUE);
  SELECT raise(ABORT, 'rules 2 and 4: owner and status move only by the next owner''s acknowledgement')
  WHERE (new.owner IS NOT old.owner OR new.status IS NOT old.status OR new.via IS NOT old.via
      OR new.next_owner IS NOT old.next_owner OR new.outcome IS NOT old.outcome OR new.handoffs IS NOT old.handoffs)
    AND NOT EXISTS (SELECT 1 FROM handoff AS h WHERE h.id = new.via AND h.id > old.via AND h.case_number = old.number
      AND h.state = 'acknowledged' AND h.answered_by = h.taker AND h.event = new.event AND h.giver = old.owner AND old.status = 'open'
      AND (h.kind = 'transfer' AND new.status = 'open' AND new.owner = h.taker AND new.next_owner IS old.next_owner
          AND new.next_action IS h.took_action AND new.next_due IS h.took_due
        OR h.kind = 'closing' AND new.status = 'closed' AND new.owner = old.owner AND new.next_owner = h.taker
        OR h.kind = 'voiding' AND new.status = 'void' AND new.owner = old.owner AND new.next_owner = h.taker))
    AND NOT EXISTS (SELECT 1 FROM event AS e WHERE e.seq = new.event AND new.via = old.via AND new.handoffs = old.handoffs AND (
      e.kind = 'case.reopened' AND old.status <> 'open' AND new.status = 'open' AND new.next_owner IS NULL
        AND new.owner IS coalesce((SELECT id FROM person WHERE id = old.next_owner AND active = 1 AND old.status = 'closed'), e.actor)
      OR e.kind = 'case.returned' AND old.claimed = 1 AND new.claimed = 0 AND e.actor = old.owner AND new.owner = old.imported_by
        AND old.status = 'open' AND new.status = 'open' AND new.next_owner IS old.next_owner
        AND NOT EXISTS (SELECT 1 FROM handoff WHERE case_number = old.number AND state = 'offered')
      OR e.kind = 'case.voided' AND old.status = 'open' AND new.status = 'void' AND new.owner = old.owner
        AND new.next_owner IS old.next_owner
        AND NOT EXISTS (SELECT 1 FROM promise WHERE case_number = old.number AND state = 'open')
        AND NOT EXISTS (SELECT 1 FROM handoff WHERE case_number = old.number AND state = 'offered')
        AND (new.void_reason = 'duplicate' AND e.actor = old.owner AND EXISTS (SELECT 1 FROM cases AS d
            WHERE d.number = new.duplicate_of AND d.number <> old.number AND d.customer = old.customer AND d.status = 'open')
          OR new.void_reason IN ('spam', 'mistake') AND e.actor = old.opened_by AND old.via = 0
            AND old.imported_by IS NULL AND old.contacts = 0 AND NOT EXISTS (SELECT 1 FROM promise WHERE case_number = old.number))));
  SELECT raise(ABORT, 'rule 1: the next action changes only by its owner, or by an acknowledgement')
  WHERE (new.next_action IS NOT old.next_action OR new.next_due IS NOT old.next_due OR new.waiting_for IS NOT old.waiting_for)
    AND new.status IS old.status AND new.via IS old.via
    AND NOT EXISTS (SELECT 1 FROM event WHERE seq = new.event AND kind IN ('case.done', 'case.replanned') AND actor = old.owner)
    AND NOT EXISTS (SELECT 1 FROM event AS e WHERE e.seq = new.event AND e.kind = 'case.called' AND new.status IS 'open'
      AND new.waiting_for IS old.waiting_for AND new.next_due <= old.next_due
      AND substr(new.next_action, -length(old.next_action)) = old.next_action
      AND instr(e.intent, '"answer":null,"callback":"') > 0 AND instr(e.intent, '"next_due":"' || new.next_due || '"') > 0)
    AND NOT EXISTS (SELECT 1 FROM undone_view WHERE seq = new.event AND kind IN ('case.done', 'case.replanned') AND actor = old.owner);
  SELECT raise(ABORT, 'rule 7: what the case is about changes only by an edit of its owner')
  WHERE (new.title IS NOT old.title OR new.customer IS NOT old.customer OR new.cause IS NOT old.cause OR new.contact IS NOT old.contact
      OR new.channel IS NOT old.channel OR new.urgency IS NOT old.urgency)
    AND NOT EXISTS (SELECT 1 FROM event WHERE seq = new.event AND kind = 'case.edited' AND actor = old.owner
      AND EXISTS (SELECT 1 FROM customer WHERE id = new.customer))
    AND NOT EXISTS (SELECT 1 FROM undone_view WHERE seq = new.event AND kind = 'case.edited' AND actor = old.owner
      AND EXISTS (SELECT 1 FROM customer WHERE id = new.customer));
  SELECT raise(ABORT, 'rule 7: who confirmed a closing is said with it, or once afterwards, and a reopening clears it')
  WHERE (new.confirmed_by IS NOT old.confirmed_by OR new.unconfirmed IS NOT old.unconfirmed)
    AND NOT EXISTS (SELECT 1 FROM handoff AS h WHERE h.id = new.via AND h.id > old.via AND h.event = new.event
      AND new.confirmed_by IS h.confirmed_by AND new.unconfirmed IS h.unconfirmed)
    AND NOT EXISTS (SELECT 1 FROM event AS e WHERE e.seq = new.event AND (
      e.kind = 'case.reopened' AND new.confirmed_by IS NULL AND new.unconfirmed IS NULL
      OR e.kind = 'case.confirmed' AND old.status = 'closed' AND old.unconfirmed IS NOT NULL AND old.confirmed_by IS NULL
        AND new.unconfirmed IS old.unconfirmed AND length(trim(new.confirmed_by, char(9, 10, 11, 12, 13, 32, 133, 160, 8203, 12288))) > 0));
  SELECT raise(ABORT, 'rule 7: a confirmation changes nothing else')
  WHERE EXISTS (SELECT 1 FROM event WHERE seq = new.event AND kind = 'case.confirmed')
    AND (new.confirmed_by IS old.confirmed_by OR new.claimed IS NOT old.claimed OR new.replans IS NOT old.replans
      OR new.came_back IS NOT old.came_back OR new.closed_at IS NOT old.closed_at OR new.duplicate_of IS NOT old.duplicate_of
      OR new.void_reason IS NOT old.void_reason);
  SELECT raise(ABORT, 'rule 7: when the customer last heard from us is said by what they were told')
  WHERE (new.heard_at IS NOT old.heard_at OR new.contacts IS NOT old.contacts) AND NOT EXISTS (SELECT 1 FROM event AS e
    WHERE e.seq = new.event AND new.heard_at IS e.at AND new.contacts IS old.contacts + 1 AND (e.kind = 'case.told'
      OR e.kind = 'case.called' AND instr(e.intent, '"answer":{') > 0
      OR EXISTS (SELECT 1 FROM letter_told_view WHERE seq = e.seq AND case_number = old.number)));
  SELECT raise(ABORT, 'rule 10: nothing becomes claimed after its import') WHERE (new.claimed <= old.claimed) IS NOT TRUE;
  SELECT raise(ABORT, 'rule 7: a case changes by its newest event, once')
  WHERE new.number IS NOT old.number OR new.uid IS NOT old.uid OR new.source IS NOT old.source OR new.external IS NOT old.external
    OR new.opened_at IS NOT old.opened_at OR new.opened_by IS NOT old.opened_by OR new.imported_by IS NOT old.imported_by
    OR new.digest IS NOT old.digest OR (new.event > old.event) IS NOT TRUE OR new.version IS NOT old.version + 1
    OR NOT EXISTS (SELECT 1 FROM event WHERE seq = new.event AND case_number = old.number
      AND (kind GLOB 'case.*' OR kind GLOB 'handoff.*' OR kind GLOB 'promise.*' OR kind GLOB 'letter.*'))
    OR EXISTS (SELECT 1 FROM event WHERE case_number = old.number AND seq > new.event);
END;
CREATE TRIGGER case_delete BEFORE DELETE ON cases BEGIN SELECT raise(ABORT, 'rule 7: cases are never deleted'); END;

-- handoffs -----------------------------------------------------------------------------------------------------------

CREATE TRIGGER handoff_insert BEFORE INSERT ON handoff BEGIN
  SELECT raise(ABORT, 'rule 3: one standing offer of an open case, by its owner''s side, to another active person')
  WHERE EXISTS (SELECT 1 FROM handoff WHERE id = new.id)
    OR (new.state IS NOT 'acknowledged' OR new.claimed IS NOT 1 OR new.kind IS NOT 'transfer'
        OR EXISTS (SELECT 1 FROM cases WHERE number = new.case_number)
        OR NOT EXISTS (SELECT 1 FROM event WHERE seq = new.event AND case_number = new.case_number
          AND kind IN ('log.moved', 'log.acknowledged')))
      AND (new.state IS NOT 'offered' OR new.claimed IS NOT 0 OR new.id IS NOT new.event OR new.answered_by IS NOT NULL
        OR new.kind IS NULL OR new.kind NOT IN ('transfer', 'closing', 'voiding')
        OR EXISTS (SELECT 1 FROM handoff WHERE case_number = new.case_number AND state = 'offered')
        OR NOT EXISTS (SELECT 1 FROM event WHERE seq = new.event AND case_number = new.case_number AND kind = 'handoff.offered'
          AND actor IS new.offered_by)
        OR EXISTS (SELECT 1 FROM event WHERE case_number = new.case_number AND seq > new.event)
        OR NOT EXISTS (SELECT 1 FROM cases AS c JOIN person AS o ON o.id = c.owner WHERE c.number = new.case_number
          AND c.status = 'open' AND c.owner = new.giver AND new.offered_by IN (o.id, o.manager))
        OR NOT EXISTS (SELECT 1 FROM person WHERE id = new.taker AND active = 1)
        OR new.taker IS new.giver);
  SELECT raise(ABORT, 'an offer names every open promise whose ETA the customer was not told, and no other')
  WHERE new.terms IS NOT NULL OR new.eta_debt IS NOT (SELECT '[' || group_concat(n) || ']' FROM (SELECT n FROM promise
      WHERE case_number = new.case_number AND state = 'open' AND told_due <> due ORDER BY n))
    OR NOT EXISTS (SELECT 1 FROM event WHERE seq = new.event
      AND (instr(intent, '"eta_debt":') > 0) IS (new.eta_debt IS NOT NULL)
      AND (new.eta_debt IS NULL OR instr(intent, '"eta_debt":' || new.eta_debt) > 0));
END;

CREATE TRIGGER handoff_update BEFORE UPDATE ON handoff BEGIN
  SELECT raise(ABORT, 'rule 3: an offer never changes, and an answered one is final')
  WHERE old.state IS NOT 'offered' OR new.id IS NOT old.id OR new.case_number IS NOT old.case_number OR new.kind IS NOT old.kind
    OR new.giver IS NOT old.giver OR new.offered_by IS NOT old.offered_by OR new.taker IS NOT old.taker
    OR new.note IS NOT old.note OR new.next_action IS NOT old.next_action OR new.next_due IS NOT old.next_due
    OR new.outcome IS NOT old.outcome OR new.offered_at IS NOT old.offered_at OR new.claimed IS NOT old.claimed
    OR new.confirmed_by IS NOT old.confirmed_by OR new.unconfirmed IS NOT old.unconfirmed OR new.void_reason IS NOT old.void_reason
    OR new.eta_debt IS NOT old.eta_debt OR new.answer_by IS NOT old.answer_by OR (new.state IS NOT 'offered' AND new.answered_at IS NULL)
    OR (new.event > old.event) IS NOT TRUE OR EXISTS (SELECT 1 FROM event WHERE case_number = old.case_number AND seq > new.event);
  SELECT raise(ABORT, 'rules 2 and 3: only the named next owner acknowledges or declines, only the giver''s side withdraws')
  WHERE NOT EXISTS (SELECT 1 FROM event AS e WHERE e.seq = new.event AND e.case_number = old.case_number AND (
    (new.state = 'acknowledged' AND e.kind = 'handoff.acknowledged' AND e.actor = old.taker AND new.answered_by = old.taker
      AND (old.offered_by <> old.taker OR old.giver <> old.offered_by))
    OR (new.state = 'declined' AND e.kind = 'handoff.declined' AND e.actor = old.taker AND new.answered_by = old.taker)
    OR (new.state = 'withdrawn' AND e.kind = 'handoff.withdrawn' AND (e.actor IN (old.giver, old.offered_by)
      OR e.actor = (SELECT manager FROM person WHERE id = old.giver)))
    OR (new.state = 'superseded' AND e.kind IN ('case.done', 'case.replanned', 'case.edited', 'case.returned', 'promise.made',
      'promise.moved', 'promise.kept', 'promise.broken', 'promise.released', 'promise.at_risk') AND e.actor = old.giver)
    OR (new.state = 'superseded' AND e.kind = 'case.undone' AND e.actor = old.giver
      AND EXISTS (SELECT 1 FROM undone_view WHERE seq = e.seq AND kind <> 'case.noted'))
    OR (new.state = 'offered' AND e.kind = 'case.seen' AND e.actor = old.taker AND new.answered_by IS NULL)));
  SELECT raise(ABORT, 'rule 3: the case changed after it was offered; offer it again')
  WHERE new.state IS 'acknowledged' AND (EXISTS (SELECT 1 FROM event WHERE case_number = old.case_number AND seq > old.id
      AND kind IN ('case.done', 'case.replanned', 'case.edited', 'promise.made', 'promise.moved', 'promise.kept', 'promise.broken',
        'promise.released', 'promise.at_risk', 'case.reopened', 'case.returned', 'case.voided'))
    OR EXISTS (SELECT 1 FROM event WHERE case_number = old.case_number AND seq > old.id AND kind = 'case.undone'
      AND NOT EXISTS (SELECT 1 FROM undone_view AS u WHERE u.seq = event.seq AND u.kind = 'case.noted'))
    OR NOT EXISTS (SELECT 1 FROM cases WHERE number = old.case_number AND status = 'open' AND owner = old.giver AND via < old.id));
  SELECT raise(ABORT, 'rule 5: an acknowledgement takes on each open promise')
  WHERE new.state IS 'acknowledged' AND EXISTS (SELECT 1 FROM promise AS p, event AS e WHERE p.case_number = old.case_number
    AND p.state = 'open' AND e.seq = new.event AND e.intent NOT GLOB '*"take":[[]' || p.n || '[],]*'
    AND e.intent NOT GLOB '*"take":[[]*,' || p.n || '[],]*');
  SELECT raise(ABORT, 'rule 7: the terms of a no are what its event states')
  WHERE (new.terms IS NOT old.terms OR new.state IS 'declined') AND NOT EXISTS (SELECT 1 FROM event WHERE seq = new.event
    AND kind = 'handoff.declined' AND (instr(intent, '"terms":') > 0) IS (new.terms IS NOT NULL)
    AND (new.terms IS NULL OR new.terms GLOB '*]]' AND instr(intent, '"terms":' || new.terms) > 0));
END;

CREATE TRIGGER handoff_acknowledged AFTER UPDATE OF state ON handoff WHEN new.state IS 'acknowledged' BEGIN
  UPDATE cases SET
    owner = CASE new.kind WHEN 'transfer' THEN new.taker ELSE owner END,
    status = CASE new.kind WHEN 'transfer' THEN 'open' WHEN 'closing' THEN 'closed' ELSE 'void' END,
    next_owner = CASE new.kind WHEN 'transfer' THEN next_owner ELSE new.taker END,
    next_action = CASE new.kind WHEN 'transfer' THEN new.took_action END,
    next_due = CASE new.kind WHEN 'transfer' THEN new.took_due END,
    waiting_for = CASE WHEN new.kind = 'transfer' AND new.took_action IS next_action THEN waiting_for END,
    outcome = new.outcome, confirmed_by = new.confirmed_by, unconfirmed = new.unconfirmed, void_reason = new.void_reason,
    closed_at = CASE new.kind WHEN 'transfer' THEN closed_at ELSE new.answered_at END,
    handoffs = handoffs + (new.kind = 'transfer'), claimed = 0, replans = 0, came_back = NULL,
    via = new.id, changed_at = new.answered_at, version = version + 1, event = new.event
  WHERE number = new.case_number;
  UPDATE promise SET holder = new.taker, via = new.id, event = new.event WHERE case_number = new.case_number AND state = 'open';
  SELECT raise(ABORT, 'rules 2, 4 and 5: the acknowledgement did not move the case and its promises')
  WHERE NOT EXISTS (SELECT 1 FROM cases WHERE number = new.case_number AND via = new.id AND event = new.event)
    OR EXISTS (SELECT 1 FROM promise WHERE case_number = new.case_number AND state = 'open' AND via IS NOT new.id);
END;
CREATE TRIGGER handoff_delete BEFORE DELETE ON handoff BEGIN SELECT raise(ABORT, 'rule 7: offers are never deleted'); END;

-- promises -----------------------------------------------------------------------------------------------------------

CREATE TRIGGER promise_insert BEFORE INSERT ON promise BEGIN
  SELECT raise(ABORT, 'rule 5: a promise is made by an event of its case, for the case''s owner')
  WHERE new.state IS NOT 'open' OR new.ended_at IS NOT NULL OR new.via IS NOT 0 OR new.made IS NOT new.event OR new.first_due IS NOT new.due
    OR new.told_due IS NOT new.due OR new.moves IS NOT 0 OR new.late_moves IS NOT 0 OR new.debt_since IS NOT NULL OR new.risk IS NOT NULL
    OR new.because IS NOT NULL OR new.made_by IS NOT new.holder
    OR new.n IS NOT (SELECT coalesce(max(n), 0) + 1 FROM promise WHERE case_number = new.case_number)
    OR NOT EXISTS (SELECT 1 FROM event WHERE seq = new.event AND case_number = new.case_number AND kind = 'promise.made'
      AND actor IS new.made_by)
    OR EXISTS (SELECT 1 FROM event WHERE case_number = new.case_number AND seq > new.event)
    OR NOT EXISTS (SELECT 1 FROM cases WHERE number = new.case_number AND status = 'open' AND owner IS new.holder);
END;
CREATE TRIGGER promise_update BEFORE UPDATE ON promise BEGIN
  SELECT raise(ABORT, 'rule 5: what was promised, by whom and when first, stays, and a promise changes by its newest event, once')
  WHERE new.case_number IS NOT old.case_number OR new.n IS NOT old.n OR new.text IS NOT old.text OR new.made_by IS NOT old.made_by
    OR new.made_at IS NOT old.made_at OR new.made IS NOT old.made OR new.first_due IS NOT old.first_due
    OR (new.event > old.event) IS NOT TRUE OR EXISTS (SELECT 1 FROM event WHERE case_number = old.case_number AND seq > new.event);
  SELECT raise(ABORT, 'rule 5: a promise is moved, marked and ended by its holder, taken on by an acknowledgement, or set right by who recorded it')
  WHERE NOT EXISTS (SELECT 1 FROM event AS e WHERE e.seq = new.event AND e.case_number = old.case_number AND (
    (new.holder IS old.holder AND new.via IS old.via AND (
      (old.state = 'open' AND e.actor = old.holder AND e.intent GLOB '*"n":' || old.n || '[,}]*' AND (
        (e.kind IN ('promise.moved', 'promise.at_risk') AND new.state = 'open')
        OR (e.kind IN ('promise.kept', 'promise.broken', 'promise.released') AND new.state = substr(e.kind, 9))))
      OR EXISTS (SELECT 1 FROM undone_view AS u WHERE u.seq = e.seq AND u.undoes = old.event AND u.actor = old.holder
        AND (u.kind = 'promise.made' AND old.state = 'open' AND old.via = 0 AND u.actor = old.made_by AND new.state = 'undone'
          OR u.kind IN ('promise.kept', 'promise.broken', 'promise.released') AND u.kind = 'promise.' || old.state AND new.state = 'open'
          OR u.kind = 'promise.at_risk' AND old.state = 'open' AND new.state = 'open'))))
    OR (old.state = 'open' AND e.kind = 'handoff.acknowledged' AND new.state = 'open' AND EXISTS (SELECT 1 FROM handoff AS h WHERE h.id = new.via
      AND h.case_number = old.case_number AND h.state = 'acknowledged' AND h.event = new.event AND new.holder = h.taker))
    OR (old.state = 'open' AND e.kind IN ('case.told', 'letter.tried') AND new.state = 'open' AND new.holder IS old.holder AND new.via IS old.via
      AND new.told_due IS NOT old.told_due)));
  SELECT raise(ABORT, 'rule 5: an ETA moves by a move, late once it was due, and which one a customer knows changes only by what they were told')
  WHERE EXISTS (SELECT 1 FROM event AS e WHERE e.seq = new.event AND CASE e.kind
    WHEN 'promise.moved' THEN new.due IS old.due OR new.due IS NULL OR instr(e.intent, '"due":"' || new.due || '"') = 0
      OR new.moves IS NOT old.moves + (max(e.at, e.recorded_at) < old.due)
      OR new.late_moves IS NOT old.late_moves + (max(e.at, e.recorded_at) >= old.due)
      OR new.told_due IS NOT old.told_due OR new.debt_since IS NOT iif(new.due IS old.told_due, NULL, coalesce(old.debt_since, e.at))
    WHEN 'case.told' THEN new.due IS NOT old.due OR new.moves IS NOT old.moves OR new.late_moves IS NOT old.late_moves
      OR new.told_due IS NOT new.due OR new.debt_since IS NOT NULL
      OR (e.intent GLOB '*"promises":[[]' || old.n || '[],]*' OR e.intent GLOB '*"promises":[[]*,' || old.n || '[],]*') = 0
    WHEN 'letter.tried' THEN new.due IS NOT old.due OR new.moves IS NOT old.moves OR new.late_moves IS NOT old.late_moves
      OR NOT EXISTS (SELECT 1 FROM letter_told_view AS v WHERE v.seq = e.seq AND v.case_number = old.case_number
        AND instr(v.promises, '[' || old.n || ',"' || new.told_due || '"]') > 0)
      OR new.debt_since IS NOT iif(new.told_due IS new.due, NULL, coalesce(old.debt_since, e.at))
    ELSE new.due IS NOT old.due OR new.moves IS NOT old.moves OR new.late_moves IS NOT old.late_moves
      OR new.told_due IS NOT old.told_due OR new.debt_since IS NOT old.debt_since END);
  SELECT raise(ABORT, 'a promise is marked at risk by its holder, until its ETA moves or the mark is taken back')
  WHERE EXISTS (SELECT 1 FROM event AS e WHERE e.seq = new.event AND CASE
    WHEN e.kind = 'promise.at_risk' THEN old.risk IS NOT NULL OR new.risk IS NULL OR new.risk_at IS NOT e.at
    WHEN e.kind = 'promise.moved' OR EXISTS (SELECT 1 FROM undone_view WHERE seq = e.seq AND kind = 'promise.at_risk')
      THEN new.risk IS NOT NULL OR new.risk_at IS NOT NULL
    ELSE new.risk IS NOT old.risk OR new.risk_at IS NOT old.risk_at END);
  SELECT raise(ABORT, 'rule 5: how a promise ended is said by the event that ends it')
  WHERE EXISTS (SELECT 1 FROM event AS e WHERE e.seq = new.event AND CASE
    WHEN e.kind IN ('promise.kept', 'promise.broken', 'promise.released') THEN new.ended_at IS NOT e.at OR new.ended_by IS NOT e.actor
      OR e.kind = 'promise.kept' AND new.because IS NOT NULL OR e.kind = 'promise.released' AND new.confirmed_by IS NULL
      OR e.kind = 'promise.broken' AND (new.because IS NULL OR new.confirmed_by IS NOT NULL)
    ELSE new.ended_at IS NOT NULL OR new.ended_by IS NOT NULL OR new.confirmed_by IS NOT NULL OR new.because IS NOT NULL END);
END;
CREATE TRIGGER promise_delete BEFORE DELETE ON promise BEGIN SELECT raise(ABORT, 'rule 5: promises are never lost'); END;

-- what was told and asked, letters, contacts --------------------------------------------------------------------------

CREATE TRIGGER told_insert BEFORE INSERT ON told BEGIN
  SELECT raise(ABORT, 'rule 7: what a customer was told is an event of its own, by who told them')
  WHERE new.id IS NOT new.event OR EXISTS (SELECT 1 FROM told WHERE id = new.id)
    OR new.how IS NULL OR new.how NOT IN ('email', 'phone', 'visit', 'chat') OR (length(trim(new.whom)) > 0) IS NOT TRUE
    OR NOT EXISTS (SELECT 1 FROM event AS e WHERE e.seq = new.event AND e.actor = new.teller AND new.told_at = e.at
      AND e.case_number IS new.case_number AND instr(e.intent, '"how":"' || new.how || '"') > 0
      AND (e.kind = 'case.told' AND instr(e.intent, '"promises":' || coalesce(new.promises, '[]')) > 0
          AND EXISTS (SELECT 1 FROM cases WHERE number = e.case_number AND customer IS new.customer)
        OR e.kind = 'customer.told' AND e.subject = new.customer AND new.promises IS NULL
          AND EXISTS (SELECT 1 FROM customer WHERE id = e.subject)))
      AND NOT EXISTS (SELECT 1 FROM letter_told_view AS v WHERE v.seq = new.event AND v.at = new.told_at AND new.how = 'email'
        AND v.sender = new.teller AND v.customer = new.customer AND v.case_number IS new.case_number
        AND (v.promises IS NULL) = (new.promises IS NULL) AND NOT EXISTS (SELECT 1 FROM promise AS p
          WHERE p.case_number = v.case_number AND (instr(v.promises, '[' || p.n || ',"') > 0)
            IS NOT (new.promises GLOB '[[]' || p.n || '[],]*' OR new.promises GLOB '*,' || p.n || '[],]*')));
END;
CREATE TRIGGER told_update BEFORE UPDATE ON told BEGIN SELECT raise(ABORT, 'rule 7: what was said is never changed'); END;
CREATE TRIGGER told_delete BEFORE DELETE ON told BEGIN SELECT raise(ABORT, 'rule 7: what was said is never deleted'); END;

CREATE TRIGGER call_insert BEFORE INSERT ON call BEGIN
  SELECT raise(ABORT, 'rule 7: what a customer asked is an event of its own, by who took the call')
  WHERE new.id IS NOT new.event OR EXISTS (SELECT 1 FROM call WHERE id = new.id)
    OR new.question IS NULL OR (new.answer IS NULL) = (new.callback IS NULL)
    OR NOT EXISTS (SELECT 1 FROM event AS e WHERE e.seq = new.event AND e.actor = new.taken_by AND new.called_at = e.at
      AND e.case_number IS new.case_number AND instr(e.intent, '"channel":"' || new.channel || '"') > 0
      AND (e.kind = 'case.called' AND EXISTS (SELECT 1 FROM cases WHERE number = e.case_number AND customer IS new.customer
            AND (status = 'open' OR new.about_status = 0 AND new.answer IS NOT NULL))
          AND instr(e.intent, '"about_status":' || new.about_status || ',') > 0
          AND instr(e.intent, '"callback":' || coalesce('"' || new.callback || '"', 'null') || ',') > 0
          AND instr(e.intent, '"answer":{') > 0 IS (new.answer IS NOT NULL)
        OR e.kind = 'customer.called' AND e.subject = new.customer AND new.answer IS NOT NULL AND new.about_status IS 0
          AND EXISTS (SELECT 1 FROM customer WHERE id = e.subject)));
END;
CREATE TRIGGER call_update BEFORE UPDATE ON call BEGIN SELECT raise(ABORT, 'rule 7: what was said is never changed'); END;
CREATE TRIGGER call_delete BEFORE DELETE ON call BEGIN SELECT raise(ABORT, 'rule 7: what was said is never deleted'); END;

CREATE TRIGGER letter_insert BEFORE INSERT ON letter BEGIN
  SELECT raise(ABORT, 'rule 7: a letter is queued by an event of its own, once')
  WHERE new.id IS NOT new.event OR EXISTS (SELECT 1 FROM letter WHERE id = new.id OR message_id = new.message_id)
    OR NOT EXISTS (SELECT 1 FROM event AS e WHERE e.seq = new.event AND e.kind = 'letter.queued' AND e.actor = new.sender
      AND new.queued_at = e.at AND e.case_number IS new.case_number AND instr(e.intent, '"form":"' || new.kind || '"') > 0
      AND instr(e.intent, '"message_id":"' || new.message_id || '"') > 0
      AND (new.case_number IS NOT NULL OR e.subject = new.customer))
    OR EXISTS (SELECT 1 FROM event WHERE case_number = new.case_number AND seq > new.event);
  SELECT raise(ABORT, 'rule 2: a letter is about a case that goes on or was closed, by who answers for it or their manager')
  WHERE new.case_number IS NOT NULL AND NOT EXISTS (SELECT 1 FROM cases AS c JOIN person AS o
      ON o.id = CASE c.status WHEN 'open' THEN c.owner WHEN 'closed' THEN c.next_owner END
    WHERE c.number = new.case_number AND c.customer = new.customer AND new.sender IN (o.id, o.manager)
      AND (c.claimed = 0 OR new.sender = o.id) AND (new.kind <> 'resolved' OR c.status = 'closed')
      AND (new.kind IN ('welcome', 'eta', 'eta-moved', 'resolved') OR new.kind = 'new-owner' AND EXISTS (SELECT 1 FROM handoff AS h
        WHERE h.id = c.via AND h.state = 'acknowledged' AND h.taker = o.id AND h.claimed = 0)));
  SELECT raise(ABORT, 'rule 12: a letter about an account is by the account owner who said yes, or their manager')
  WHERE new.case_number IS NULL AND NOT EXISTS (SELECT 1 FROM customer AS c JOIN person AS o ON o.id = c.account_owner
    WHERE c.id = new.customer AND c.claimed = 0 AND new.sender IN (o.id, o.manager) AND new.promises IS NULL
      AND (new.kind = 'welcome' OR new.kind = 'new-owner' AND EXISTS (SELECT 1 FROM customer_offer AS h
        WHERE h.id = c.via AND h.state = 'acknowledged' AND h.taker = o.id)));
  SELECT raise(ABORT, 'rule 5: a letter states each open promise as it stands')
  WHERE new.promises IS NOT (SELECT '[' || group_concat('[' || n || ',"' || due || '"]', ',') || ']' FROM (
      SELECT n, due FROM promise WHERE case_number = new.case_number AND state = 'open' ORDER BY n))
    OR new.promises IS NULL AND new.kind IN ('eta', 'eta-moved')
    OR new.kind = 'eta-moved' AND NOT EXISTS (SELECT 1 FROM promise
      WHERE case_number = new.case_number AND state = 'open' AND told_due <> due);
END;
CREATE TRIGGER letter_update BEFORE UPDATE ON letter BEGIN SELECT raise(ABORT, 'rule 7: what was said is never changed'); END;
CREATE TRIGGER letter_delete BEFORE DELETE ON letter BEGIN SELECT raise(ABORT, 'rule 7: what was said is never deleted'); END;

CREATE TRIGGER outbox_insert BEFORE INSERT ON outbox BEGIN
  SELECT raise(ABORT, 'rule 7: a letter waits for each of its recipients from when it is queued')
  WHERE new.state IS NOT 'queued' OR new.tries IS NOT 0 OR new.tried_at IS NOT NULL OR new.trouble IS NOT NULL
    OR new.event IS NOT new.letter OR new.event IS NOT (SELECT max(seq) FROM event)
    OR new.n IS NOT (SELECT coalesce(max(n), 0) + 1 FROM outbox WHERE letter = new.letter)
    OR NOT EXISTS (SELECT 1 FROM letter AS l JOIN event AS e ON e.seq = l.id WHERE l.id = new.letter
      AND 76 * new.n <= instr(substr(e.intent, instr(e.intent, '"to":[') + 6), ']'));  -- each is {"text":"64 digits"} and a comma
END;
CREATE TRIGGER outbox_update BEFORE UPDATE ON outbox BEGIN
  SELECT raise(ABORT, 'rule 7: what waits to be sent changes only by a try of that letter, which says what came of it')
  WHERE old.state IS NOT 'queued' OR new.letter IS NOT old.letter OR new.n IS NOT old.n OR new.recipient IS NOT old.recipient
    OR new.tries IS NOT old.tries + 1 OR (new.event > old.event) IS NOT TRUE OR new.event IS NOT (SELECT max(seq) FROM event)
    OR NOT EXISTS (SELECT 1 FROM event AS e JOIN letter AS l ON l.id = old.letter WHERE e.seq = new.event AND e.kind = 'letter.tried'
      AND new.tried_at = e.at AND iif(l.case_number IS NULL, e.subject = l.customer, e.case_number = l.case_number)
      AND e.intent GLOB '*"letter":' || old.letter || '[,}]*'
      AND (new.state = 'sent' AND new.trouble IS NULL
          AND (e.intent GLOB '*"accepted":[[]' || old.n || '[],]*' OR e.intent GLOB '*"accepted":[[]*,' || old.n || '[],]*"letter":*')
        OR new.state = 'refused' AND new.trouble IS NOT NULL AND e.intent GLOB '*"refused":[[]*[[]' || old.n || ',{*"waiting":*'
        OR new.state = 'queued' AND new.trouble IS NOT NULL AND e.intent GLOB '*"waiting":[[]*[[]' || old.n || ',{*'));
END;
CREATE TRIGGER outbox_delete BEFORE DELETE ON outbox BEGIN SELECT raise(ABORT, 'rule 7: what was said is never deleted'); END;

CREATE TRIGGER contact_insert BEFORE INSERT ON contact BEGIN
  SELECT raise(ABORT, 'rule 7: a contact is added by an event of the customer, after all the others')
  WHERE new.active IS NOT 1 OR NOT EXISTS (SELECT 1 FROM customer WHERE id = new.customer)
    OR new.n IS NOT (SELECT coalesce(max(n), 0) + 1 FROM contact WHERE customer = new.customer)
    OR EXISTS (SELECT 1 FROM contact WHERE customer = new.customer AND event >= new.event)
    OR NOT EXISTS (SELECT 1 FROM event WHERE seq = new.event AND subject = new.customer AND kind = 'customer.contact_added'
      AND actor IS new.added_by);
END;
CREATE TRIGGER contact_update BEFORE UPDATE ON contact BEGIN
  SELECT raise(ABORT, 'rule 7: a contact changes by an event about them, and once removed no more')
  WHERE new.customer IS NOT old.customer OR new.n IS NOT old.n OR new.added_by IS NOT old.added_by OR new.added_at IS NOT old.added_at
    OR old.active IS NOT 1 OR (new.event > old.event) IS NOT TRUE
    OR EXISTS (SELECT 1 FROM event WHERE subject = old.customer AND seq > new.event)
    OR NOT EXISTS (SELECT 1 FROM event AS e WHERE e.seq = new.event AND e.subject = old.customer
      AND e.intent GLOB '*"n":' || old.n || '[,}]*' AND (e.kind = 'customer.contact_edited' AND new.active IS 1
        OR e.kind = 'customer.contact_removed' AND new.active IS 0 AND new.name IS old.name AND new.role IS old.role
          AND new.email IS old.email AND new.phone IS old.phone));
END;
CREATE TRIGGER contact_delete BEFORE DELETE ON contact BEGIN SELECT raise(ABORT, 'rule 7: contacts are removed from the list, never deleted'); END;

-- duty ---------------------------------------------------------------------------------------------------------------

CREATE TRIGGER duty_insert BEFORE INSERT ON duty BEGIN
  SELECT raise(ABORT, 'rule 7: a duty is added by an event of its own, which says from when until when')
  WHERE new.id IS NOT new.event OR new.id IS NOT (SELECT max(seq) FROM event) OR new.active IS NOT 1
    OR EXISTS (SELECT 1 FROM duty WHERE id = new.id)
    OR NOT EXISTS (SELECT 1 FROM event AS e WHERE e.seq = new.event AND e.subject = new.person AND e.kind = 'duty.added'
      AND e.actor IS new.added_by AND e.at IS new.added_at AND instr(e.intent, '"from_at":"' || new.from_at || '"') > 0
      AND instr(e.intent, '"until_at":"' || new.until_at || '"') > 0);
  SELECT raise(ABORT, 'a duty is a stretch of at most a year, of an active person')
  WHERE NOT EXISTS (SELECT 1 FROM person WHERE id = new.person AND active = 1)
    OR (new.from_at GLOB '2[01][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z'
      AND new.until_at GLOB '2[01][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z'
      AND new.from_at < new.until_at
      AND new.until_at <= strftime('%Y-%m-%dT%H:%M:%SZ', new.from_at, '+366 days')) IS NOT TRUE;
END;
CREATE TRIGGER duty_update BEFORE UPDATE ON duty BEGIN
  SELECT raise(ABORT, 'rule 7: a duty is only taken back, once, by who added it, whose it is, or who made the store')
  WHERE new.id IS NOT old.id OR new.person IS NOT old.person OR new.from_at IS NOT old.from_at OR new.until_at IS NOT old.until_at
    OR new.note IS NOT old.note OR new.added_by IS NOT old.added_by OR new.added_at IS NOT old.added_at
    OR old.active IS NOT 1 OR new.active IS NOT 0 OR (new.event > old.event) IS NOT TRUE
    OR new.event IS NOT (SELECT max(seq) FROM event)
    OR NOT EXISTS (SELECT 1 FROM event AS e JOIN person AS p ON p.id = e.actor WHERE e.seq = new.event AND e.subject = old.person
      AND e.kind = 'duty.removed' AND e.intent GLOB '*"n":' || old.id || '[,}]*'
      AND (p.id IN (old.added_by, old.person) OR p.added_by = p.id));
END;
CREATE TRIGGER duty_delete BEFORE DELETE ON duty BEGIN SELECT raise(ABORT, 'rule 7: a duty is taken back, never deleted'); END;

-- playbooks ----------------------------------------------------------------------------------------------------------

CREATE TRIGGER playbook_insert BEFORE INSERT ON playbook BEGIN
  SELECT raise(ABORT, 'rule 7: a version of a playbook is added by an event of its own, and one of its key is in use')
  WHERE new.id IS NOT new.event OR new.active IS NOT 1 OR new.event IS NOT (SELECT max(seq) FROM event)
    OR EXISTS (SELECT 1 FROM playbook WHERE id = new.id OR key = new.key AND active = 1)
    OR NOT EXISTS (SELECT 1 FROM event AS e WHERE e.seq = new.event AND e.kind = 'playbook.added' AND e.actor = new.added_by
      AND new.added_at = e.at AND instr(e.intent, '"key":"' || new.key || '"') > 0
      AND instr(e.intent, '"topics":' || coalesce('"' || new.topics || '"', 'null')) > 0);
END;
CREATE TRIGGER playbook_update BEFORE UPDATE ON playbook BEGIN
  SELECT raise(ABORT, 'rule 7: a version of a playbook never changes; it is replaced or retired by an event about its key')
  WHERE new.id IS NOT old.id OR new.key IS NOT old.key OR new.title IS NOT old.title OR new.topics IS NOT old.topics
    OR new.body IS NOT old.body OR new.added_by IS NOT old.added_by OR new.added_at IS NOT old.added_at
    OR old.active IS NOT 1 OR new.active IS NOT 0 OR (new.event > old.event) IS NOT TRUE
    OR new.event IS NOT (SELECT max(seq) FROM event)
    OR NOT EXISTS (SELECT 1 FROM event WHERE seq = new.event AND kind IN ('playbook.added', 'playbook.retired')
      AND instr(intent, '"key":"' || old.key || '"') > 0);
END;
CREATE TRIGGER playbook_delete BEFORE DELETE ON playbook BEGIN SELECT raise(ABORT, 'rule 7: what was said is never deleted'); END;


-- notes and tenures --------------------------------------------------------------------------------------------------

CREATE TRIGGER note_insert BEFORE INSERT ON note BEGIN
  SELECT raise(ABORT, 'rule 7: a note is an event of its case')
  WHERE new.id IS NOT new.event OR new.undone IS NOT 0 OR EXISTS (SELECT 1 FROM note WHERE id = new.id)
    OR NOT EXISTS (SELECT 1 FROM cases WHERE number = new.case_number)
    OR NOT EXISTS (SELECT 1 FROM event WHERE seq = new.event AND case_number = new.case_number AND actor IS new.author
      AND (kind = 'case.noted' OR (kind = 'case.told' OR kind = 'case.called' AND instr(intent, '"answer":null') > 0) AND new.unseen IS 1 AND EXISTS (SELECT 1 FROM cases
        WHERE number = new.case_number AND status = 'open' AND owner IS NOT new.author)));
END;
CREATE TRIGGER note_update BEFORE UPDATE ON note BEGIN
  SELECT raise(ABORT, 'rule 7: a note never changes; the owner marks it seen, its author takes it back')
  WHERE new.id IS NOT old.id OR new.case_number IS NOT old.case_number OR new.author IS NOT old.author OR new.text IS NOT old.text
    OR new.noted_at IS NOT old.noted_at OR new.unseen IS NOT 0 OR (new.event > old.event) IS NOT TRUE
    OR NOT EXISTS (SELECT 1 FROM event WHERE seq = new.event AND case_number = old.case_number AND kind = 'case.seen'
        AND new.undone IS old.undone AND actor = (SELECT owner FROM cases WHERE number = old.case_number))
      AND NOT EXISTS (SELECT 1 FROM undone_view WHERE seq = new.event AND "case" = old.case_number AND undoes = old.id
        AND kind = 'case.noted' AND actor = old.author AND old.undone = 0 AND new.undone = 1);
END;
CREATE TRIGGER note_delete BEFORE DELETE ON note BEGIN SELECT raise(ABORT, 'rule 7: notes are never deleted'); END;

CREATE TRIGGER tenure_insert BEFORE INSERT ON tenure BEGIN
  SELECT raise(ABORT, 'rule 7: a tenure begins where the case''s last one ended, with the case''s owner')
  WHERE new.n IS NOT (SELECT coalesce(max(n), 0) + 1 FROM tenure WHERE case_number = new.case_number)
    OR EXISTS (SELECT 1 FROM tenure WHERE case_number = new.case_number AND until_at IS NULL)
    OR NOT EXISTS (SELECT 1 FROM event WHERE case_number = new.case_number)
    OR EXISTS (SELECT 1 FROM cases WHERE number = new.case_number AND (new.owner IS NOT owner OR new.status IS NOT status
      OR new.until_at IS NOT NULL OR new.defaulted IS NOT 0));
END;
CREATE TRIGGER tenure_update BEFORE UPDATE ON tenure BEGIN
  SELECT raise(ABORT, 'rule 7: a tenure only ends, when the case has moved on')
  WHERE old.until_at IS NOT NULL OR new.until_at IS NULL OR new.case_number IS NOT old.case_number OR new.n IS NOT old.n
    OR new.owner IS NOT old.owner OR new.status IS NOT old.status OR new.defaulted IS NOT old.defaulted
    OR new.from_at IS NOT old.from_at
    OR EXISTS (SELECT 1 FROM cases WHERE number = old.case_number AND owner IS old.owner AND status IS old.status);
END;
CREATE TRIGGER tenure_delete BEFORE DELETE ON tenure BEGIN SELECT raise(ABORT, 'rule 7: the past is never deleted'); END;

-- settings -----------------------------------------------------------------------------------------------------------

CREATE TRIGGER setting_insert BEFORE INSERT ON setting BEGIN
  SELECT raise(ABORT, 'rule 7: a setting is made by an event of the founder')
  WHERE EXISTS (SELECT 1 FROM setting WHERE name = new.name)
    OR new.event IS NOT (SELECT max(seq) FROM event) OR NOT EXISTS (SELECT 1 FROM event AS e WHERE e.seq = new.event AND e.kind = 'store.set'
      AND instr(e.intent, '"name":"' || new.name || '"') > 0
      AND instr(e.intent, '"value":"' || replace(new.value, '\', '\\') || '"') > 0
      AND EXISTS (SELECT 1 FROM person WHERE id = e.actor AND added_by = id));
END;
CREATE TRIGGER setting_update BEFORE UPDATE ON setting BEGIN
  SELECT raise(ABORT, 'rule 7: a setting changes by an event of the founder')
  WHERE new.name IS NOT old.name OR (new.event > old.event) IS NOT TRUE
    OR new.event IS NOT (SELECT max(seq) FROM event) OR NOT EXISTS (SELECT 1 FROM event AS e WHERE e.seq = new.event AND e.kind = 'store.set'
      AND instr(e.intent, '"name":"' || new.name || '"') > 0
      AND instr(e.intent, '"value":"' || replace(new.value, '\', '\\') || '"') > 0
      AND EXISTS (SELECT 1 FROM person WHERE id = e.actor AND added_by = id));
END;
CREATE TRIGGER setting_delete BEFORE DELETE ON setting BEGIN SELECT raise(ABORT, 'rule 7: a setting is changed, never deleted'); END;
