-- The store: what every stage has done so far. `part` is the transaction that wrote a row; it only
-- grows, so that DuckDB's zone maps find the rows of a shard without reading the others.

CREATE TABLE state (name VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);

CREATE SEQUENCE parts;

CREATE TABLE sources (
    name VARCHAR PRIMARY KEY,
    size BIGINT NOT NULL,
    mtime_ns BIGINT NOT NULL,
    root VARCHAR NOT NULL,  -- the file or folder that the user named, without links
    reader VARCHAR NOT NULL  -- fingerprint of the readers and their options; empty: it is read again
);

CREATE TABLE documents (
    part BIGINT NOT NULL,
    source_name VARCHAR NOT NULL,
    doc_id VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    title VARCHAR,
    published TIMESTAMP,  -- UTC
    language VARCHAR NOT NULL,
    status VARCHAR NOT NULL,  -- as ingest left it: ok, empty or failed
    n_chars INTEGER NOT NULL,
    sha256 VARCHAR NOT NULL,
    encoding VARCHAR,
    repairs VARCHAR[] NOT NULL
);

-- The texts of the documents, in pieces: DuckDB holds 2,048 rows of a column in memory at once, which
-- would be a gigabyte of long texts.
CREATE TABLE texts (
    part BIGINT NOT NULL,
    doc_id VARCHAR NOT NULL,
    piece INTEGER NOT NULL,
    text VARCHAR NOT NULL
);

CREATE TABLE failures (
    doc_id VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    stage VARCHAR NOT NULL,
    doc_key VARCHAR NOT NULL,  -- the source's name where the stage is ingest
    code VARCHAR NOT NULL,
    message VARCHAR NOT NULL,
    terminal BOOLEAN NOT NULL,
    attempts INTEGER NOT NULL
);

-- Keys whose work is done: a document without tokens or names has no rows elsewhere.
CREATE TABLE done (
    stage VARCHAR NOT NULL,
    doc_key VARCHAR NOT NULL,
    part BIGINT NOT NULL,
    n_tokens INTEGER NOT NULL
);

CREATE TABLE tokens (
    part BIGINT NOT NULL,
    doc_key VARCHAR NOT NULL,
    token INTEGER NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    sentence INTEGER NOT NULL,
    paragraph INTEGER NOT NULL,
    zone VARCHAR NOT NULL
);

CREATE TABLE spans (
    part BIGINT NOT NULL,
    doc_key VARCHAR NOT NULL,
    sentence INTEGER NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    surface VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    full_name VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    derived BOOLEAN NOT NULL,
    zone VARCHAR NOT NULL,
    method VARCHAR NOT NULL,
    score FLOAT,
    canonical VARCHAR,
    canonical_id VARCHAR,
    context VARCHAR NOT NULL
);

-- What the published tables call each mention: entity_changes compares with it.
CREATE TABLE published (mention_id VARCHAR NOT NULL, entity_id VARCHAR NOT NULL);

-- The finished runs, whose ids begin with the time (UTC) of their beginning.
CREATE TABLE runs (
    run_id VARCHAR PRIMARY KEY,
    seconds DOUBLE NOT NULL,
    summary VARCHAR NOT NULL  -- JSON
);
