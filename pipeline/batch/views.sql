-- What the store's tables mean together: which documents are worked on, and what became of each.

-- A document's result depends on its text, where its title ends, and what the stage's fingerprint
-- stands for: settings, revision, model.
CREATE OR REPLACE TEMP MACRO key_of(sha256, title, fingerprint) AS
    md5(sha256 || ':' || coalesce(length(title), 0) || ':' || fingerprint);

-- Documents with the same text are one: the first by id is worked on, the others point to it.
CREATE OR REPLACE TEMP VIEW documents_by_text AS
SELECT *, first_value(doc_id) OVER (PARTITION BY sha256, status ORDER BY doc_id) AS first_id
FROM documents;

CREATE OR REPLACE TEMP VIEW unique_documents AS
SELECT * EXCLUDE (first_id) FROM documents_by_text WHERE status = 'ok' AND doc_id = first_id;

-- What became of each of them in a stage: done, failed where it has a code, or neither.
CREATE OR REPLACE TEMP MACRO state_of(of_stage, fingerprint) AS TABLE
SELECT d.*, done.doc_key IS NOT NULL AS is_done, done.n_tokens,
       failed.code, failed.message, failed.terminal, failed.attempts
FROM (SELECT *, key_of(sha256, title, fingerprint) AS doc_key FROM unique_documents) d
LEFT JOIN (FROM failures WHERE stage = of_stage) failed USING (doc_key)
LEFT JOIN (FROM done WHERE stage = of_stage) done USING (doc_key);

CREATE OR REPLACE TEMP MACRO failures_of(tokenize, extract) AS TABLE
SELECT doc_id, source, stage, code, message, attempts FROM failures WHERE stage = 'ingest'
UNION ALL
SELECT doc_id, source, 'tokenize', code, message, attempts
FROM state_of('tokenize', tokenize) WHERE code IS NOT NULL
UNION ALL
SELECT doc_id, source, 'extract', code, message, attempts
FROM state_of('extract', extract) WHERE code IS NOT NULL;
