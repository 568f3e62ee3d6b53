-- The tables `mentions`, `entities` and `cooccurrences`.

CREATE OR REPLACE TABLE mentions AS
SELECT left(md5(concat_ws(chr(31), f.doc_id, f."start", f."end", f.label)), 20) AS mention_id,
       f.doc_id, f.sentence, f."start", f."end", f.surface, f.name, n.entity_id, n.type, f.label,
       f.derived, f.zone, f.method, f.score, f.context, d.title, d.published
FROM called f
JOIN named n ON n.doc_id = f.doc_id AND n.called = f.called AND n.apart = f.apart
            AND n.canonical_id IS NOT DISTINCT FROM f.canonical_id
JOIN dates d ON d.doc_id = f.doc_id;

CREATE OR REPLACE TEMP TABLE rows_of AS
SELECT n.entity_id, n.type, n.name, k.name IS NOT NULL AS known,
       k.country, k.region, k.wikidata, k.latitude, k.longitude
FROM (SELECT entity_id, type, min(entity_name) AS name FROM named GROUP BY entity_id, type) n
LEFT JOIN facts k ON k.name = n.name AND k.type = n.type;

-- Where a place lies that no fact has, as far as its name tells: streets and squares have Norwegian
-- names nowhere else (`Wergelandsveien`, `riksvei 3`); what is called after a place at home is there
-- too (`Hamar stadion`, `Sandehallen`).
CREATE OR REPLACE TEMP TABLE told_by_name AS
WITH home AS (SELECT name FROM facts WHERE type = 'place' AND country = 'NOR'),
unknown AS (  -- `Kirkeveien 166` is on Kirkeveien
    SELECT DISTINCT name, regexp_replace(name, ' \d+ ?[A-Z]?$', '') AS street
    FROM rows_of WHERE type = 'place' AND NOT known
),
ended AS (
    SELECT u.name,  -- but `Khresjtsjatyk-gata` is not ours
           CASE WHEN left(u.street, -length(e.name))[-1] <> '-' THEN e.country END AS country,
           regexp_replace(left(u.street, -length(e.name)), '[ -]$', '') AS base
    FROM unknown u JOIN endings e ON e.type = 'place' AND length(e.name) > 3
                                 AND ends_with(u.street, e.name)
    UNION ALL
    SELECT name, NULL, split_part(name, ' ', 1) FROM unknown
    WHERE regexp_matches(name, '^\S+( [a-zæøå]+)+$')
)
SELECT name, 'NOR' AS country FROM ended
WHERE country = 'NOR' OR base IN (FROM home) OR (base[-1] = 's' AND left(base, -1) IN (FROM home))
UNION
SELECT name, 'NOR' FROM unknown WHERE regexp_matches(name, '^(riksvei|fylkesvei) \d+$');

-- ... or as far as an article says it: `Fauske i Nordland`.
CREATE OR REPLACE TEMP TABLE told_by_article AS
SELECT a.entity_id, min(r.country) AS country
FROM mentions a
JOIN mentions b ON b.doc_id = a.doc_id AND b."start" = a."end" + 3
               AND contains(a.context, a.surface || ' i ' || b.surface)
JOIN rows_of r ON r.entity_id = b.entity_id AND r.country IS NOT NULL
WHERE a.type = 'place'
GROUP BY a.entity_id HAVING count(DISTINCT r.country) = 1;

CREATE OR REPLACE TABLE entities AS
WITH used AS (
    SELECT r.entity_id,
           list_sort(list_distinct(list(m.name) FILTER (m.name <> r.name))) AS aliases,
           count(*) AS n_mentions, count(DISTINCT m.doc_id) AS n_documents,
           min(d.first_published) AS first_published, max(d.last_published) AS last_published
    FROM mentions m JOIN rows_of r USING (entity_id) JOIN dates d USING (doc_id) GROUP BY r.entity_id
)
SELECT r.entity_id, r.name, r.type, coalesce(u.aliases, []) AS aliases,
       u.n_mentions, u.n_documents, u.first_published, u.last_published,
       CASE WHEN r.known OR r.type <> 'place' THEN r.country
            ELSE coalesce(a.country, n.country) END AS country,
       r.region, r.wikidata, r.latitude, r.longitude
FROM rows_of r JOIN used u USING (entity_id)
LEFT JOIN told_by_name n USING (name)
LEFT JOIN told_by_article a USING (entity_id);

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
