-- One sealed generation. A table for each record of domain/records.py with the same columns; citizens' numbers in a table of their own.
-- Texts stand as delivered, moments as ISO 8601 text in the precision delivered, flags as 0 and 1; NULL: the source said nothing.
-- Indexes (indexes.sql) and the full text (fulltext.py) are made after the load: the tables here stay bare.
PRAGMA user_version = 4;

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE source_file (id INTEGER PRIMARY KEY, path TEXT NOT NULL) STRICT;

CREATE TABLE delivery (
  source TEXT NOT NULL, "table" TEXT NOT NULL, taken_at TEXT NOT NULL, complete INTEGER,
  "read" INTEGER NOT NULL, filed INTEGER NOT NULL, refused INTEGER NOT NULL
) STRICT;

-- Of each file of each source: what became of its rows.
CREATE TABLE receipt (
  source TEXT NOT NULL, file TEXT NOT NULL, "read" INTEGER NOT NULL, filed INTEGER NOT NULL, refused INTEGER NOT NULL,
  "left" INTEGER NOT NULL, size INTEGER, sha256 TEXT
) STRICT;

CREATE TABLE issue (
  code TEXT NOT NULL, file TEXT NOT NULL, "row" INTEGER NOT NULL, "column" TEXT, value TEXT, severity TEXT NOT NULL, "table" TEXT
) STRICT;

CREATE TABLE unit (
  id TEXT NOT NULL, name TEXT NOT NULL, kind TEXT, parent TEXT, phone TEXT, address TEXT,
  source_file INTEGER NOT NULL, source_row INTEGER NOT NULL
) STRICT;

CREATE TABLE citizen (
  id TEXT NOT NULL, name TEXT NOT NULL, given TEXT, family TEXT, birth_date TEXT, sex TEXT, address TEXT, postal_code TEXT, city TEXT,
  room TEXT, phone TEXT, unit TEXT, status TEXT NOT NULL, status_source TEXT, status_since TEXT, protected_name INTEGER NOT NULL,
  protected_address INTEGER NOT NULL, language TEXT, interpreter INTEGER, marital_status TEXT, deceased_at TEXT, remark TEXT,
  source_file INTEGER NOT NULL, source_row INTEGER NOT NULL
) STRICT;

-- A citizen's numbers in the order delivered.
CREATE TABLE identifier (
  citizen TEXT NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL, system TEXT, valid INTEGER
) STRICT;

-- Whom several sources know, or refer to by her number: each of her ids, and the one that stands for her (see
-- domain/linking.py). Whoever is known by one id alone is not here.
CREATE TABLE same_person (citizen TEXT PRIMARY KEY, person TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- What the one search box looks through: see store/finder.py for the form of `line`.
CREATE TABLE finder (place INTEGER PRIMARY KEY, citizen INTEGER NOT NULL, line TEXT NOT NULL) STRICT;

CREATE TABLE contact (
  id TEXT NOT NULL, citizen TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, relation TEXT, phone TEXT, phone2 TEXT,
  address TEXT, priority INTEGER, ring_at_night INTEGER, has_key INTEGER, note TEXT,
  source_file INTEGER NOT NULL, source_row INTEGER NOT NULL
) STRICT;

CREATE TABLE alert (
  id TEXT NOT NULL, citizen TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, status TEXT NOT NULL, status_source TEXT,
  verification TEXT, code_system TEXT, code TEXT, severity TEXT, reaction TEXT, note TEXT, start TEXT, "end" TEXT,
  recorded_at TEXT, recorded_by TEXT, source_file INTEGER NOT NULL, source_row INTEGER NOT NULL
) STRICT;

CREATE TABLE access (
  id TEXT NOT NULL, citizen TEXT NOT NULL, kind TEXT NOT NULL, system TEXT, key_number TEXT, location TEXT, instruction TEXT,
  fallback TEXT, phone TEXT, source_file INTEGER NOT NULL, source_row INTEGER NOT NULL
) STRICT;

CREATE TABLE access_code (
  id TEXT NOT NULL, citizen TEXT NOT NULL, access TEXT NOT NULL, code TEXT NOT NULL,
  source_file INTEGER NOT NULL, source_row INTEGER NOT NULL
) STRICT;

CREATE TABLE condition (
  id TEXT NOT NULL, citizen TEXT NOT NULL, text TEXT NOT NULL, kind TEXT, code_system TEXT, code TEXT, status TEXT NOT NULL,
  status_source TEXT, verification TEXT, severity TEXT, assessment TEXT, expected TEXT, start TEXT, "end" TEXT,
  recorded_at TEXT, recorded_by TEXT, source_file INTEGER NOT NULL, source_row INTEGER NOT NULL
) STRICT;

CREATE TABLE intervention (
  id TEXT NOT NULL, citizen TEXT NOT NULL, text TEXT NOT NULL, kind TEXT, code_system TEXT, code TEXT, law TEXT,
  status TEXT NOT NULL, status_source TEXT, instruction TEXT, goal TEXT, reason TEXT, repetition TEXT, minutes INTEGER,
  staff_needed INTEGER, responsible TEXT, start TEXT, "end" TEXT, follow_up TEXT,
  source_file INTEGER NOT NULL, source_row INTEGER NOT NULL
) STRICT;

-- `moment` is written_at as seconds since 1970 (0: undated), by which notes sort whatever their precision and offset.
CREATE TABLE note (
  id TEXT NOT NULL, citizen TEXT NOT NULL, text TEXT NOT NULL, written_at TEXT, kind TEXT, title TEXT, author TEXT,
  author_role TEXT, status TEXT NOT NULL, status_source TEXT, important INTEGER NOT NULL,
  source_file INTEGER NOT NULL, source_row INTEGER NOT NULL, moment INTEGER NOT NULL
) STRICT;

-- The notes numbered from the oldest to the newest: the number is the note's row in the full text (see store/fulltext.py).
CREATE TABLE note_rank (rank INTEGER PRIMARY KEY, note INTEGER NOT NULL) STRICT;
CREATE TABLE note_shard (number INTEGER PRIMARY KEY, least INTEGER NOT NULL, most INTEGER NOT NULL) STRICT;

CREATE TABLE medication (
  id TEXT NOT NULL, citizen TEXT NOT NULL, drug TEXT NOT NULL, list TEXT, substance TEXT, atc TEXT, form TEXT, strength TEXT,
  route TEXT, indication TEXT, kind TEXT NOT NULL, status TEXT NOT NULL, status_source TEXT, dosage_text TEXT, instruction TEXT,
  start TEXT, "end" TEXT, paused_from TEXT, paused_to TEXT, stop_reason TEXT, max_per_day TEXT, min_interval TEXT,
  prescriber TEXT, prescribed_at TEXT, reviewed_at TEXT, dose_dispensed INTEGER, private INTEGER NOT NULL, remark TEXT,
  source_file INTEGER NOT NULL, source_row INTEGER NOT NULL
) STRICT;

CREATE TABLE dose (
  id TEXT NOT NULL, medication TEXT NOT NULL, citizen TEXT NOT NULL, quantity TEXT, quantity_max TEXT, unit TEXT, time TEXT,
  slot TEXT, times_per_day INTEGER, weekdays TEXT, every_days INTEGER, day_no INTEGER NOT NULL, start TEXT, "end" TEXT,
  prn INTEGER NOT NULL, max_per_day TEXT, min_interval TEXT, text TEXT, source_file INTEGER NOT NULL, source_row INTEGER NOT NULL
) STRICT;

CREATE TABLE administration (
  id TEXT NOT NULL, citizen TEXT NOT NULL, medication TEXT, drug TEXT, planned_at TEXT, given_at TEXT, status TEXT NOT NULL,
  status_source TEXT, quantity TEXT, unit TEXT, by TEXT, reason TEXT, effect TEXT, note TEXT,
  source_file INTEGER NOT NULL, source_row INTEGER NOT NULL
) STRICT;

CREATE TABLE visit (
  id TEXT NOT NULL, start TEXT NOT NULL, zone TEXT NOT NULL, citizen TEXT, route TEXT, unit TEXT, "end" TEXT, minutes INTEGER,
  title TEXT, tasks TEXT, law TEXT, staff TEXT, second_staff TEXT, staff_needed INTEGER, status TEXT NOT NULL, status_source TEXT,
  cancel_reason TEXT, time_critical INTEGER NOT NULL, remark TEXT, source_file INTEGER NOT NULL, source_row INTEGER NOT NULL
) STRICT;

-- The routes of each day, counted (see store/rounds.py); `staff` is a JSON list of names.
CREATE TABLE route_day (
  day TEXT NOT NULL, route TEXT NOT NULL, unit TEXT, visits INTEGER NOT NULL, citizens INTEGER NOT NULL, minutes INTEGER NOT NULL,
  open INTEGER NOT NULL, cancelled INTEGER NOT NULL, staff TEXT NOT NULL, PRIMARY KEY (day, route)
) STRICT, WITHOUT ROWID;

CREATE TABLE measurement (
  id TEXT NOT NULL, citizen TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, unit TEXT, code_system TEXT, code TEXT,
  taken_at TEXT, taken_by TEXT, status TEXT NOT NULL, status_source TEXT, note TEXT,
  source_file INTEGER NOT NULL, source_row INTEGER NOT NULL
) STRICT;

CREATE TABLE document (
  id TEXT NOT NULL, title TEXT NOT NULL, media_type TEXT NOT NULL, citizen TEXT, route TEXT, date TEXT, kind TEXT, author TEXT,
  text TEXT, source_file INTEGER NOT NULL, source_row INTEGER NOT NULL, content BLOB NOT NULL
) STRICT;

-- Which words each document holds, by its row: see store/documentsearch.py.
CREATE VIRTUAL TABLE document_text USING fts5(text, content='', detail=none, columnsize=0, tokenize='unicode61 remove_diacritics 2');

-- Each text once by which somebody or something is found, and what it stands for: see store/catalogue.py.
CREATE TABLE catalogue (subject TEXT NOT NULL, line TEXT NOT NULL, whom BLOB NOT NULL) STRICT;

-- Which records meet which clause of the municipality's life-critical rules (see domain/lifecritical.py). Whose rules they
-- are stands in `meta`. `until` is the end of the record's period; of visits, of which a row stands for all of one name,
-- the begin of the last one. `private`: private-marked medicine, or surely the same drug.
CREATE TABLE life_critical (
  rule TEXT NOT NULL, clause INTEGER NOT NULL, citizen TEXT NOT NULL, "table" TEXT NOT NULL, record TEXT NOT NULL, text TEXT NOT NULL,
  matched TEXT, status TEXT, status_source TEXT, start TEXT, until TEXT, paused_from TEXT, paused_to TEXT, private INTEGER NOT NULL
) STRICT;
