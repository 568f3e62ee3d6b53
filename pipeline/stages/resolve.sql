-- From `found` (spans with their doc_id, one row a mention of a unique document) and `dates`
-- (doc_id, title, published) to `mentions` and `entities`, with the facts of `countries`, `places`
-- and `organisations`. Every choice has a total order, so that the result depends neither on the
-- order of the rows nor on the number of threads.

-- What each document calls a thing, and how often as which type.
CREATE OR REPLACE TEMP TABLE votes AS
SELECT doc_id, full_name, type, count(*) AS n,
       min(canonical) AS canonical, min(canonical_id) AS canonical_id
FROM found GROUP BY doc_id, full_name, type;

CREATE OR REPLACE TEMP TABLE corpus_votes AS
SELECT full_name, type, sum(n) AS n FROM votes GROUP BY full_name, type;

-- The user's gazetteer decides, then the document's majority, then the corpus's, then the
-- order person, place, organisation, ...
CREATE OR REPLACE TEMP TABLE chosen AS
SELECT v.doc_id, v.full_name, v.type, v.canonical, v.canonical_id
FROM votes v JOIN corpus_votes c USING (full_name, type)
QUALIFY row_number() OVER (
    PARTITION BY v.doc_id, v.full_name
    ORDER BY v.canonical IS NULL, v.n DESC, c.n DESC, list_position($types, v.type)
) = 1;

-- Knowledge corrects that: a country is a place also when it acts, the EU an organisation also
-- where it stands for Europe. A town may be the club of its name, but no person or product.
CREATE OR REPLACE TEMP TABLE named AS
WITH typed AS (
    SELECT doc_id, full_name, canonical, canonical_id,
           CASE WHEN canonical IS NOT NULL THEN type
                WHEN full_name IN (SELECT name FROM countries) THEN 'place'
                WHEN full_name IN (SELECT name FROM organisations) THEN 'organisation'
                WHEN type NOT IN ('place', 'organisation')
                     AND full_name IN (SELECT name FROM places) THEN 'place'
                ELSE type END AS type
    FROM chosen
)
SELECT doc_id, full_name, type, coalesce(canonical, full_name) AS entity_name,
       left(md5(type || chr(31) || coalesce(canonical_id, canonical, full_name)), 20) AS entity_id
FROM typed WHERE list_contains($wanted, type);

CREATE OR REPLACE TABLE mentions AS
SELECT left(md5(concat_ws(chr(31), f.doc_id, f."start", f."end", f.label)), 20) AS mention_id,
       f.doc_id, f.sentence, f."start", f."end", f.surface, f.name, n.entity_id, n.type, f.label,
       f.derived, f.zone, f.method, f.score, f.context, d.title, d.published
FROM found f JOIN named n USING (doc_id, full_name) JOIN dates d USING (doc_id);

CREATE OR REPLACE TABLE entities AS
WITH names AS (
    SELECT entity_id, type, min(entity_name) AS name FROM named GROUP BY entity_id, type
)
SELECT e.entity_id, e.name, e.type,
       coalesce(list_sort(list_distinct(list(m.name) FILTER (m.name <> e.name))), []) AS aliases,
       count(*) AS n_mentions, count(DISTINCT m.doc_id) AS n_documents,
       min(m.published) AS first_published, max(m.published) AS last_published,
       any_value(c.alpha_3) AS country, NULL::VARCHAR AS region, any_value(c.wikidata) AS wikidata,
       NULL::DOUBLE AS latitude, NULL::DOUBLE AS longitude
FROM names e JOIN mentions m USING (entity_id)
LEFT JOIN countries c ON c.name = e.name AND e.type = 'place'
GROUP BY e.entity_id, e.name, e.type;

CREATE OR REPLACE TABLE cooccurrences AS
WITH by_document AS (
    SELECT doc_id, entity_id FROM mentions GROUP BY doc_id, entity_id
    QUALIFY count(*) OVER (PARTITION BY doc_id) <= $largest
),
by_sentence AS (
    SELECT doc_id, sentence, entity_id FROM mentions GROUP BY doc_id, sentence, entity_id
    QUALIFY count(*) OVER (PARTITION BY doc_id, sentence) <= $largest
),
pairs AS (
    SELECT a.entity_id AS entity_a, b.entity_id AS entity_b, 1 AS d, 0 AS s
    FROM by_document a JOIN by_document b ON a.doc_id = b.doc_id AND a.entity_id < b.entity_id
    UNION ALL
    SELECT a.entity_id, b.entity_id, 0, 1
    FROM by_sentence a JOIN by_sentence b
      ON a.doc_id = b.doc_id AND a.sentence = b.sentence AND a.entity_id < b.entity_id
)
SELECT entity_a, entity_b, sum(d)::BIGINT AS n_documents, sum(s)::BIGINT AS n_sentences
FROM pairs GROUP BY entity_a, entity_b;
