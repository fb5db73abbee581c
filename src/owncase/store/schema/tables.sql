-- The history and the tables derived from it. Moments are text, RFC 3339 in UTC to the second. A person, a customer, a
-- handoff and a note are numbered by the event that made them; `event` is the last event that changed the row.

CREATE TABLE event (
  seq INTEGER PRIMARY KEY CHECK (seq BETWEEN 1 AND 9007199254740991),
  kind TEXT NOT NULL,
  actor INTEGER,
  case_number INTEGER,
  subject INTEGER,
  at TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  request TEXT,
  intent TEXT NOT NULL,
  signature TEXT,
  hash TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX event_request ON event (request) WHERE request IS NOT NULL;
CREATE INDEX event_of_case ON event (case_number, seq) WHERE case_number IS NOT NULL;
CREATE INDEX event_of_subject ON event (subject, seq) WHERE subject IS NOT NULL;

CREATE TABLE text (
  id INTEGER PRIMARY KEY,
  event INTEGER NOT NULL REFERENCES event (seq),
  commitment TEXT NOT NULL,
  salt BLOB NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX text_of_event ON text (event);
CREATE VIRTUAL TABLE text_index USING fts5 (body, content = 'text', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2');

CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  handle TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  email TEXT,
  phone TEXT,
  place TEXT,
  zone TEXT NOT NULL,
  hours TEXT NOT NULL,
  manager INTEGER REFERENCES person (id),
  login TEXT UNIQUE,
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  topics TEXT,
  languages TEXT,
  added_by INTEGER NOT NULL,
  added_at TEXT NOT NULL,
  event INTEGER NOT NULL REFERENCES event (seq)
) STRICT;

CREATE TABLE duty (
  id INTEGER PRIMARY KEY REFERENCES event (seq),
  person INTEGER NOT NULL REFERENCES person (id),
  from_at TEXT NOT NULL,
  until_at TEXT NOT NULL,
  note TEXT,
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  added_by INTEGER NOT NULL REFERENCES person (id),
  added_at TEXT NOT NULL,
  event INTEGER NOT NULL REFERENCES event (seq)
) STRICT;
CREATE INDEX duty_at ON duty (until_at, from_at) WHERE active = 1;

CREATE TABLE playbook (
  id INTEGER PRIMARY KEY REFERENCES event (seq),
  key TEXT NOT NULL,
  title TEXT NOT NULL,
  topics TEXT,
  body TEXT NOT NULL,
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  added_by INTEGER NOT NULL REFERENCES person (id),
  added_at TEXT NOT NULL,
  event INTEGER NOT NULL REFERENCES event (seq)
) STRICT;
CREATE UNIQUE INDEX playbook_key ON playbook (key) WHERE active = 1;


CREATE TABLE customer (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  contact TEXT,
  email TEXT,
  phone TEXT,
  account_owner INTEGER NOT NULL REFERENCES person (id),
  claimed INTEGER NOT NULL CHECK (claimed IN (0, 1)),
  second INTEGER REFERENCES person (id),
  via INTEGER NOT NULL,
  added_by INTEGER NOT NULL REFERENCES person (id),
  added_at TEXT NOT NULL,
  next_touch TEXT,
  next_touch_due TEXT,
  event INTEGER NOT NULL REFERENCES event (seq)
) STRICT;
CREATE INDEX customer_of_owner ON customer (account_owner);
CREATE INDEX customer_touch ON customer (account_owner, next_touch_due) WHERE next_touch_due IS NOT NULL;

CREATE TABLE contact (
  customer INTEGER NOT NULL REFERENCES customer (id),
  n INTEGER NOT NULL CHECK (n > 0),
  name TEXT NOT NULL,
  role TEXT,
  email TEXT,
  phone TEXT,
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  added_by INTEGER NOT NULL REFERENCES person (id),
  added_at TEXT NOT NULL,
  event INTEGER NOT NULL REFERENCES event (seq),
  PRIMARY KEY (customer, n)
) STRICT;

CREATE TABLE customer_offer (
  id INTEGER PRIMARY KEY REFERENCES event (seq),
  customer INTEGER NOT NULL REFERENCES customer (id),
  giver INTEGER NOT NULL REFERENCES person (id),
  offered_by INTEGER NOT NULL REFERENCES person (id),
  taker INTEGER NOT NULL REFERENCES person (id),
  state TEXT NOT NULL CHECK (state IN ('offered', 'acknowledged', 'declined', 'withdrawn', 'superseded')),
  note TEXT,
  offered_at TEXT NOT NULL,
  answer_by TEXT NOT NULL,
  seen_at TEXT,
  answered_at TEXT,
  answered_by INTEGER REFERENCES person (id),
  reason TEXT,
  answer_note TEXT,
  suggested INTEGER REFERENCES person (id),
  terms TEXT,
  event INTEGER NOT NULL REFERENCES event (seq)
) STRICT;
CREATE UNIQUE INDEX customer_offer_standing ON customer_offer (customer) WHERE state = 'offered';
CREATE INDEX customer_offer_to ON customer_offer (taker) WHERE state = 'offered';
CREATE INDEX customer_offer_of ON customer_offer (customer, id);
CREATE INDEX customer_offer_back ON customer_offer (giver) WHERE state = 'declined';

CREATE TABLE cases (
  number INTEGER PRIMARY KEY CHECK (number BETWEEN 1 AND 9007199254740991),
  uid TEXT NOT NULL UNIQUE,
  source TEXT NOT NULL,
  external TEXT,
  title TEXT NOT NULL,
  customer INTEGER NOT NULL REFERENCES customer (id),
  urgency TEXT NOT NULL CHECK (urgency IN ('low', 'normal', 'high', 'hot')),
  cause TEXT,
  contact TEXT,
  channel TEXT,
  status TEXT NOT NULL CHECK (status IN ('open', 'closed', 'void', 'archived')),
  owner INTEGER REFERENCES person (id),
  claimed INTEGER NOT NULL CHECK (claimed IN (0, 1)),
  next_action TEXT,
  next_due TEXT,
  waiting_for TEXT,
  replans INTEGER NOT NULL,
  came_back INTEGER,
  opened_at TEXT NOT NULL,
  opened_by INTEGER NOT NULL REFERENCES person (id),
  imported_by INTEGER REFERENCES person (id),
  digest TEXT,
  closed_at TEXT,
  outcome TEXT,
  confirmed_by TEXT,
  unconfirmed TEXT,
  next_owner INTEGER REFERENCES person (id),
  duplicate_of INTEGER REFERENCES cases (number),
  void_reason TEXT,
  via INTEGER NOT NULL,
  handoffs INTEGER NOT NULL,
  heard_at TEXT,
  contacts INTEGER NOT NULL,
  topic TEXT,
  playbook INTEGER REFERENCES playbook (id),
  step INTEGER NOT NULL,
  changed_at TEXT NOT NULL,
  version INTEGER NOT NULL,
  event INTEGER NOT NULL REFERENCES event (seq)
) STRICT;
CREATE UNIQUE INDEX case_external ON cases (source, external) WHERE external IS NOT NULL;
CREATE INDEX case_source ON cases (source, digest) WHERE source <> '';
CREATE INDEX case_open ON cases (owner, next_due, number, status) WHERE status = 'open';
CREATE INDEX case_waiting ON cases (owner, next_due, number, waiting_for, status) WHERE status = 'open' AND waiting_for IS NOT NULL;
CREATE INDEX case_oldest ON cases (owner, opened_at, status) WHERE status = 'open';
CREATE INDEX case_by_external ON cases (external COLLATE NOCASE) WHERE external IS NOT NULL;
CREATE INDEX case_due ON cases (next_due) WHERE status = 'open';
CREATE INDEX case_customer ON cases (customer, status);
CREATE INDEX case_unconfirmed ON cases (next_owner, closed_at, number)
  WHERE status = 'closed' AND unconfirmed IS NOT NULL AND confirmed_by IS NULL;
CREATE INDEX case_came_back ON cases (owner) WHERE came_back IS NOT NULL AND status = 'open';

CREATE TABLE handoff (
  id INTEGER PRIMARY KEY REFERENCES event (seq),
  case_number INTEGER NOT NULL REFERENCES cases (number) DEFERRABLE INITIALLY DEFERRED,
  kind TEXT NOT NULL CHECK (kind IN ('transfer', 'closing', 'voiding')),
  giver INTEGER NOT NULL REFERENCES person (id),
  offered_by INTEGER NOT NULL REFERENCES person (id),
  taker INTEGER NOT NULL REFERENCES person (id),
  state TEXT NOT NULL CHECK (state IN ('offered', 'acknowledged', 'declined', 'withdrawn', 'superseded')),
  note TEXT,
  next_action TEXT,
  next_due TEXT,
  answer_by TEXT,
  outcome TEXT,
  confirmed_by TEXT,
  unconfirmed TEXT,
  void_reason TEXT,
  offered_at TEXT,
  seen_at TEXT,
  answered_at TEXT,
  answered_by INTEGER REFERENCES person (id),
  took_action TEXT,
  took_due TEXT,
  reason TEXT,
  answer_note TEXT,
  suggested INTEGER REFERENCES person (id),
  eta_debt TEXT,
  terms TEXT,
  claimed INTEGER NOT NULL CHECK (claimed IN (0, 1)),
  event INTEGER NOT NULL REFERENCES event (seq)
) STRICT;
CREATE UNIQUE INDEX handoff_standing ON handoff (case_number) WHERE state = 'offered';
CREATE INDEX handoff_of_case ON handoff (case_number, id);
CREATE INDEX handoff_to ON handoff (taker, answer_by) WHERE state = 'offered';
CREATE INDEX handoff_from ON handoff (giver, answer_by) WHERE state = 'offered';

CREATE TABLE promise (
  case_number INTEGER NOT NULL REFERENCES cases (number),
  n INTEGER NOT NULL CHECK (n > 0),
  text TEXT NOT NULL,
  due TEXT NOT NULL,
  told_due TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'kept', 'broken', 'released', 'undone')),
  made_by INTEGER NOT NULL REFERENCES person (id),
  made_at TEXT NOT NULL,
  holder INTEGER NOT NULL REFERENCES person (id),
  made INTEGER NOT NULL REFERENCES event (seq),
  first_due TEXT NOT NULL,
  moves INTEGER NOT NULL,
  late_moves INTEGER NOT NULL,
  debt_since TEXT,
  risk TEXT,
  risk_at TEXT,
  via INTEGER NOT NULL,
  ended_at TEXT,
  ended_by INTEGER REFERENCES person (id),
  confirmed_by TEXT,
  because TEXT,
  event INTEGER NOT NULL REFERENCES event (seq),
  PRIMARY KEY (case_number, n)
) STRICT;
CREATE INDEX promise_open ON promise (case_number, due, told_due, holder, risk_at, state) WHERE state = 'open';
CREATE INDEX promise_held ON promise (holder, due) WHERE state = 'open';
CREATE INDEX promise_in_debt ON promise (holder, debt_since, state, case_number) WHERE debt_since IS NOT NULL;

CREATE TABLE told (
  id INTEGER PRIMARY KEY REFERENCES event (seq),
  customer INTEGER NOT NULL REFERENCES customer (id),
  case_number INTEGER REFERENCES cases (number),
  teller INTEGER NOT NULL REFERENCES person (id),
  how TEXT NOT NULL CHECK (how IN ('email', 'phone', 'visit', 'chat')),
  whom TEXT NOT NULL,
  text TEXT,
  promises TEXT,
  told_at TEXT NOT NULL,
  event INTEGER NOT NULL REFERENCES event (seq)
) STRICT;
CREATE INDEX told_of_case ON told (case_number, id) WHERE case_number IS NOT NULL;
CREATE INDEX told_of_customer ON told (customer, id);

CREATE TABLE call (
  id INTEGER PRIMARY KEY REFERENCES event (seq),
  customer INTEGER NOT NULL REFERENCES customer (id),
  case_number INTEGER REFERENCES cases (number),
  taken_by INTEGER NOT NULL REFERENCES person (id),
  channel TEXT NOT NULL,
  whom TEXT,
  question TEXT NOT NULL,
  answer TEXT,
  callback TEXT,
  about_status INTEGER NOT NULL CHECK (about_status IN (0, 1)),
  called_at TEXT NOT NULL,
  event INTEGER NOT NULL REFERENCES event (seq)
) STRICT;
CREATE INDEX call_of_case ON call (case_number, id) WHERE case_number IS NOT NULL;
CREATE INDEX call_of_customer ON call (customer, id);
CREATE INDEX call_at ON call (called_at);

CREATE TABLE letter (
  id INTEGER PRIMARY KEY REFERENCES event (seq),
  customer INTEGER NOT NULL REFERENCES customer (id),
  case_number INTEGER REFERENCES cases (number),
  kind TEXT NOT NULL CHECK (kind IN ('welcome', 'eta', 'eta-moved', 'new-owner', 'resolved')),
  sender INTEGER NOT NULL REFERENCES person (id),
  subject TEXT NOT NULL,
  message TEXT NOT NULL,
  message_id TEXT NOT NULL UNIQUE,
  promises TEXT,
  queued_at TEXT NOT NULL,
  event INTEGER NOT NULL REFERENCES event (seq)
) STRICT;
CREATE INDEX letter_of_case ON letter (case_number, id) WHERE case_number IS NOT NULL;
CREATE INDEX letter_of_customer ON letter (customer, id);

CREATE TABLE outbox (
  letter INTEGER NOT NULL REFERENCES letter (id),
  n INTEGER NOT NULL CHECK (n > 0),
  recipient TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'refused')),
  tries INTEGER NOT NULL,
  tried_at TEXT,
  trouble TEXT,
  event INTEGER NOT NULL REFERENCES event (seq),
  PRIMARY KEY (letter, n)
) STRICT;
CREATE INDEX outbox_waiting ON outbox (letter) WHERE state = 'queued';
CREATE INDEX outbox_sent ON outbox (event) WHERE state = 'sent';

CREATE TABLE note (
  id INTEGER PRIMARY KEY REFERENCES event (seq),
  case_number INTEGER NOT NULL REFERENCES cases (number),
  author INTEGER NOT NULL REFERENCES person (id),
  text TEXT NOT NULL,
  noted_at TEXT NOT NULL,
  unseen INTEGER NOT NULL CHECK (unseen IN (0, 1)),
  undone INTEGER NOT NULL CHECK (undone IN (0, 1)),
  event INTEGER NOT NULL REFERENCES event (seq)
) STRICT;
CREATE INDEX note_of_case ON note (case_number, id);
CREATE INDEX note_unseen ON note (case_number) WHERE unseen = 1;

CREATE TABLE tenure (
  case_number INTEGER NOT NULL REFERENCES cases (number) DEFERRABLE INITIALLY DEFERRED,
  n INTEGER NOT NULL CHECK (n > 0),
  owner INTEGER REFERENCES person (id),
  status TEXT NOT NULL CHECK (status IN ('open', 'closed', 'void', 'archived')),
  defaulted INTEGER NOT NULL CHECK (defaulted IN (0, 1)),
  from_at TEXT NOT NULL,
  until_at TEXT,
  PRIMARY KEY (case_number, n)
) STRICT;
CREATE INDEX tenure_at ON tenure (from_at, until_at, status, owner);

CREATE TABLE setting (
  name TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL,
  event INTEGER NOT NULL REFERENCES event (seq)
) STRICT;
