"""The schema, as named migrations: read it top to bottom. A released migration is never edited; add another.

Instants are text, `2026-11-21T06:00:00Z` (UTC, seconds), days `2026-11-21`: both sort as they read.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("curator")


@migrations()
def m001_feeds_and_documents(db: Database) -> None:
    db.executescript("""
    CREATE TABLE feeds (
        slug          TEXT PRIMARY KEY,
        name          TEXT NOT NULL,
        url           TEXT NOT NULL,
        country       TEXT,                         -- defaults for what the feed brings
        section       TEXT,
        publisher     TEXT,
        language      TEXT,
        position      INTEGER NOT NULL,             -- its place in feeds.toml
        active        INTEGER NOT NULL,             -- 0: gone from feeds.toml; its documents stay
        etag          TEXT,
        last_modified TEXT,
        content_hash  TEXT,                         -- SHA-256 of the last body stored whole
        last_pulled_at TEXT,
        last_new_at   TEXT,
        error         TEXT,                         -- null: the last pull went well
        failing_since TEXT,
        failures      INTEGER NOT NULL DEFAULT 0    -- in a row
    ) STRICT;
    INSERT INTO feeds (slug, name, url, position, active) VALUES ('by-hand', 'Added by hand', '', -1, 0);

    CREATE TABLE documents (
        id            INTEGER PRIMARY KEY,
        feed          TEXT NOT NULL REFERENCES feeds (slug),    -- whose words these are
        guid          TEXT NOT NULL,
        link          TEXT NOT NULL,
        canonical_url TEXT NOT NULL,                -- '' where the entry has no link
        title         TEXT NOT NULL,
        publisher     TEXT,
        published_at  TEXT NOT NULL,
        dated         TEXT NOT NULL CHECK (dated IN ('feed', 'updated', 'pull')),
        first_seen_at TEXT NOT NULL,
        changed_at    TEXT,                         -- null: as first seen
        language      TEXT,
        excerpt       TEXT NOT NULL,
        text          TEXT NOT NULL DEFAULT ''
    ) STRICT;
    CREATE INDEX documents_newest ON documents (published_at DESC, id DESC);
    CREATE INDEX documents_of_feed ON documents (feed, published_at DESC, id DESC);
    CREATE INDEX documents_at_url ON documents (canonical_url) WHERE canonical_url <> '';

    CREATE TABLE sightings (                        -- which feed showed which document under which guid
        feed          TEXT NOT NULL REFERENCES feeds (slug),
        guid          TEXT NOT NULL,
        document      INTEGER NOT NULL REFERENCES documents (id),
        first_seen_at TEXT NOT NULL,
        PRIMARY KEY (feed, guid)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX sightings_of_document ON sightings (document);
    """)


@migrations()
def m002_reviews_and_journal(db: Database) -> None:
    db.executescript("""
    CREATE TABLE reviews (                          -- no row: inbox, nothing said
        document       INTEGER PRIMARY KEY REFERENCES documents (id),
        decision       TEXT NOT NULL CHECK (decision IN ('inbox', 'kept', 'dropped', 'later')),
        later_until    TEXT,
        section        TEXT,                        -- null: the feed's default stands
        says_countries INTEGER NOT NULL,            -- 0: the feed's default stands; 1: review_tags has the word
        blurb          TEXT NOT NULL,
        by             TEXT,
        at             TEXT
    ) STRICT;
    CREATE INDEX reviews_by_decision ON reviews (decision, document);

    CREATE TABLE review_tags (
        document INTEGER NOT NULL REFERENCES reviews (document),
        axis     TEXT NOT NULL CHECK (axis IN ('country', 'theme', 'audience')),
        value    TEXT NOT NULL,
        position INTEGER NOT NULL,                  -- the order in which the editor named them
        PRIMARY KEY (document, axis, value)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX review_tags_by_value ON review_tags (axis, value, document);

    CREATE TABLE acts (                             -- the journal: append-only
        id       INTEGER PRIMARY KEY,
        at       TEXT NOT NULL,
        by       TEXT NOT NULL,
        verb     TEXT NOT NULL,
        undoable INTEGER NOT NULL,
        undoes   INTEGER REFERENCES acts (id)       -- an undo names its act, a redo names the undo
    ) STRICT;
    CREATE INDEX acts_that_undo ON acts (undoes) WHERE undoes IS NOT NULL;
    CREATE TABLE act_changes (
        act     INTEGER NOT NULL REFERENCES acts (id),
        subject TEXT NOT NULL,                      -- document:12 or edition:update-3
        before  TEXT,                               -- JSON of the record; null: there was none
        after   TEXT NOT NULL,
        PRIMARY KEY (act, subject)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX act_changes_of_subject ON act_changes (subject, act);
    CREATE TRIGGER acts_stay BEFORE UPDATE ON acts BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
    CREATE TRIGGER acts_keep BEFORE DELETE ON acts BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
    CREATE TRIGGER act_changes_stay BEFORE UPDATE ON act_changes
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
    CREATE TRIGGER act_changes_keep BEFORE DELETE ON act_changes
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
    """)


@migrations()
def m003_editions(db: Database) -> None:
    db.executescript("""
    CREATE TABLE editions (
        id           TEXT PRIMARY KEY,              -- <digest>-<number>
        digest       TEXT NOT NULL,
        number       INTEGER NOT NULL,
        date         TEXT NOT NULL,
        status       TEXT NOT NULL CHECK (status IN ('draft', 'sealed', 'sent')),
        topic        TEXT,
        subject      TEXT NOT NULL,
        introduction TEXT NOT NULL,                 -- Markdown, the editor's
        key_messages TEXT NOT NULL,
        seal_hash    TEXT,
        sealed_by    TEXT,
        sealed_at    TEXT,
        sent_at      TEXT,
        UNIQUE (digest, number)
    ) STRICT;
    CREATE TABLE placements (
        edition  TEXT NOT NULL REFERENCES editions (id),
        document INTEGER NOT NULL REFERENCES documents (id),
        section  TEXT NOT NULL,
        "group"  TEXT NOT NULL,                     -- country code, organisation slug or ''
        rank     INTEGER NOT NULL,
        by_hand  INTEGER NOT NULL,
        PRIMARY KEY (edition, document)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX placements_of_document ON placements (document);
    CREATE TABLE left_out (                         -- taken out by hand; a refresh does not bring them back
        edition  TEXT NOT NULL REFERENCES editions (id),
        document INTEGER NOT NULL REFERENCES documents (id),
        PRIMARY KEY (edition, document)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE renderings (                       -- the bytes a seal stands for
        edition    TEXT PRIMARY KEY REFERENCES editions (id),
        subject    TEXT NOT NULL,
        preheader  TEXT NOT NULL,
        html       TEXT NOT NULL,
        text       TEXT NOT NULL,
        mailing_list TEXT NOT NULL,
        headers    TEXT NOT NULL,                   -- JSON: From and the others that every mail of it bears
        addresses  TEXT NOT NULL                    -- JSON: the mailing list as approved, sorted
    ) STRICT;
    """)


@migrations()
def m004_people_and_deliveries(db: Database) -> None:
    db.executescript("""
    -- mailbox: the address in lower case; Ann@example.org and ann@example.org are one person, mailed once.
    CREATE TABLE subscribers (
        mailbox      TEXT PRIMARY KEY,
        address      TEXT NOT NULL,                 -- as it was first written
        name         TEXT NOT NULL,
        organisation TEXT NOT NULL,
        role         TEXT NOT NULL,
        country      TEXT NOT NULL,
        interests    TEXT NOT NULL,
        language     TEXT NOT NULL,
        format       TEXT NOT NULL
    ) STRICT;
    CREATE TABLE memberships (
        mailing_list TEXT NOT NULL,
        mailbox      TEXT NOT NULL REFERENCES subscribers (mailbox) ON DELETE CASCADE,
        PRIMARY KEY (mailing_list, mailbox)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX memberships_of_mailbox ON memberships (mailbox);
    CREATE TABLE deliveries (                       -- the ledger: one line per edition and mailbox, for ever
        edition TEXT NOT NULL REFERENCES editions (id),
        mailbox TEXT NOT NULL,                      -- or sha256:… once erased, the address too
        address TEXT NOT NULL,
        fate    TEXT NOT NULL
                CHECK (fate IN ('pending', 'sending', 'sent', 'failed', 'unknown', 'withdrawn')),
        at      TEXT NOT NULL,
        detail  TEXT NOT NULL,
        PRIMARY KEY (edition, mailbox)
    ) STRICT, WITHOUT ROWID;
    """)


@migrations()
def m005_search(db: Database) -> None:
    # Only SQLite has FTS5; library/fts.py is the only file that reads or writes this table.
    db.executescript("""
    CREATE VIRTUAL TABLE documents_fts USING fts5 (
        title, blurb, excerpt, text, tokenize = 'unicode61 remove_diacritics 2'
    );
    """)


@migrations()
def m006_health(db: Database) -> None:
    db.executescript("""
    ALTER TABLE feeds ADD COLUMN illness       TEXT;                        -- how it failed last, where it did
    ALTER TABLE feeds ADD COLUMN moved_to      TEXT;                        -- where permanent redirects lead
    ALTER TABLE feeds ADD COLUMN moves         INTEGER NOT NULL DEFAULT 0;  -- pulls in a row that were led there
    ALTER TABLE feeds ADD COLUMN moved_since   TEXT;
    ALTER TABLE feeds ADD COLUMN undated_since TEXT;                        -- null: its entries have dates
    ALTER TABLE feeds ADD COLUMN fresh_until   TEXT;                        -- the server's word on its last answer
    ALTER TABLE feeds ADD COLUMN wait_until    TEXT;                        -- not asked before
    CREATE TABLE notices (                          -- what the editor was told, so as not to say it at every run
        about TEXT PRIMARY KEY,
        at    TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    """)


@migrations()
def m007_sources(db: Database) -> None:
    db.executescript("""
    ALTER TABLE feeds ADD COLUMN themes TEXT NOT NULL DEFAULT '';           -- slugs, separated by spaces
    ALTER TABLE feeds ADD COLUMN source TEXT NOT NULL DEFAULT '';           -- JSON of page, sitemap, folder; else ''
    """)


@migrations()
def m008_families(db: Database) -> None:
    db.executescript("""
    CREATE TABLE relatives (                        -- documents folded to another; all others lead, or are alone
        document INTEGER PRIMARY KEY REFERENCES documents (id),
        lead     INTEGER NOT NULL REFERENCES documents (id)     -- never itself a relative
    ) STRICT;
    CREATE INDEX relatives_of_lead ON relatives (lead, document);
    CREATE TABLE family_keys (                      -- what kin share (pull/kinship.py); found by these, then compared
        key      INTEGER NOT NULL,
        document INTEGER NOT NULL,                  -- no foreign key: documents are never deleted, and it costs a look
        PRIMARY KEY (key, document)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE ties (                             -- what a pull saw in two documents, `one` the older
        one      INTEGER NOT NULL REFERENCES documents (id),
        other    INTEGER NOT NULL REFERENCES documents (id),
        certain  INTEGER NOT NULL,                  -- 0: proposed to the editor
        reason   TEXT NOT NULL,
        PRIMARY KEY (one, other)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX ties_of_other ON ties (other, one);
    CREATE TABLE apart (                            -- the editor's word that two are not one; no pull joins them again
        one      INTEGER NOT NULL REFERENCES documents (id),
        other    INTEGER NOT NULL REFERENCES documents (id),
        PRIMARY KEY (one, other)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX apart_of_other ON apart (other, one);
    """)


@migrations()
def m009_versions(db: Database) -> None:
    db.executescript("""
    CREATE TABLE versions (                         -- what a feed said of a document before it said it differently
        document INTEGER NOT NULL REFERENCES documents (id),
        number   INTEGER NOT NULL,                  -- counts up; the first is what it said first of all
        title    TEXT NOT NULL,
        link     TEXT NOT NULL,
        excerpt  TEXT NOT NULL,
        at       TEXT NOT NULL,                     -- when other words took its place, last
        PRIMARY KEY (document, number)
    ) STRICT, WITHOUT ROWID;
    """)


@migrations()
def m010_the_hand_in_an_edition(db: Database) -> None:
    db.executescript("""
    CREATE TABLE edition_words (                    -- what one edition says of a document in words of its own
        edition  TEXT NOT NULL REFERENCES editions (id),
        document INTEGER NOT NULL REFERENCES documents (id),
        title    TEXT NOT NULL,                     -- '' where the document's own stands
        blurb    TEXT NOT NULL,
        PRIMARY KEY (edition, document)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE carried (                          -- taken out for the next edition of the digest
        edition  TEXT NOT NULL REFERENCES editions (id),
        document INTEGER NOT NULL REFERENCES documents (id),
        PRIMARY KEY (edition, document)
    ) STRICT, WITHOUT ROWID;
    """)


@migrations()
def m011_keys_of_all_documents(db: Database) -> None:
    db.executescript("""
    DROP TABLE family_keys;                         -- some were made by an older rule: see pull/kinship.py
    CREATE TABLE family_keys (                      -- what kin share; found by these, then compared
        key      INTEGER NOT NULL,
        document INTEGER NOT NULL,                  -- no foreign key: documents are never deleted, and it costs a look
        PRIMARY KEY (key, document)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE unkeyed (below INTEGER NOT NULL) STRICT;   -- documents below it leave keys at the next pulls
    INSERT INTO unkeyed SELECT max(id) + 1 FROM documents HAVING max(id) IS NOT NULL;
    """)


@migrations()
def m012_fewer_merges_of_the_index(db: Database) -> None:
    # By 16 segments instead of 4, the most FTS5 allows: what is new is merged into what is there half as often.
    db.execute("INSERT INTO documents_fts (documents_fts, rank) VALUES ('automerge', 16)")


@migrations()
def m013_certificates(db: Database) -> None:
    db.executescript("""
    CREATE TABLE certificates (                     -- what was checked of the bytes a seal stands for; goes with them
        edition  TEXT PRIMARY KEY REFERENCES renderings (edition) ON DELETE CASCADE,
        hash     TEXT NOT NULL,                     -- SHA-256 of what was checked
        at       TEXT NOT NULL,
        curator  TEXT NOT NULL,                     -- the version that checked
        rulings  TEXT NOT NULL                      -- JSON: rule, what it asks for, faults
    ) STRICT, WITHOUT ROWID;
    """)


@migrations()
def m014_translations(db: Database) -> None:
    db.executescript("""
    CREATE TABLE translations (                     -- what a document names as itself in another language
        address  TEXT NOT NULL,                     -- canonical; whether or not a document of that address is here
        document INTEGER NOT NULL REFERENCES documents (id),
        language TEXT NOT NULL,
        PRIMARY KEY (address, document)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX translations_of_document ON translations (document, language, address);
    """)


@migrations()
def m015_the_check(db: Database) -> None:
    db.executescript("""
    CREATE TABLE accepted (                         -- findings of the check that the editor said are right so
        edition TEXT NOT NULL REFERENCES editions (id),
        finding TEXT NOT NULL,                      -- its id
        PRIMARY KEY (edition, finding)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE looked_at (                        -- links and how they answered when they were last asked
        link    TEXT PRIMARY KEY,
        at      TEXT NOT NULL,
        answer  TEXT NOT NULL CHECK (answer IN ('alive', 'moved', 'dead', 'doubtful')),
        detail  TEXT NOT NULL                       -- where it moved, or what is wrong with it
    ) STRICT, WITHOUT ROWID;
    """)


@migrations()
def m016_dates(db: Database) -> None:
    db.executescript("""
    ALTER TABLE reviews ADD COLUMN starts TEXT;     -- 2026-12-03, or 2026-12-03 15:00 America/Vancouver
    ALTER TABLE reviews ADD COLUMN ends TEXT;
    ALTER TABLE reviews ADD COLUMN deadline TEXT;
    """)


@migrations()
def m017_comparisons(db: Database) -> None:
    db.executescript("""
    CREATE TABLE comparisons (                      -- how countries stand on an edition's topic
        edition  TEXT NOT NULL REFERENCES editions (id),
        country  TEXT NOT NULL,                     -- its code
        law      TEXT NOT NULL,
        policy   TEXT NOT NULL,
        practice TEXT NOT NULL,
        data     TEXT NOT NULL,
        PRIMARY KEY (edition, country)
    ) STRICT, WITHOUT ROWID;
    """)


@migrations()
def m018_sealed_contents(db: Database) -> None:
    db.executescript("""
    CREATE TABLE sealed_contents (                  -- what the forms of a sealed edition are made from; goes with it
        edition  TEXT PRIMARY KEY REFERENCES renderings (edition) ON DELETE CASCADE,
        contents TEXT NOT NULL                      -- JSON: digest/forms/contents.py
    ) STRICT, WITHOUT ROWID;
    """)
