-- What is known of names, from the tables of pipeline/knowledge; the same for every corpus.

CREATE TABLE facts AS
SELECT name, 'place' AS type, canonical, country, NULL::VARCHAR AS region, wikidata,
       NULL::DOUBLE AS latitude, NULL::DOUBLE AS longitude, true AS sure, true AS always
FROM countries
UNION ALL
SELECT name, 'place', coalesce(canonical, name), country, region, wikidata, latitude, longitude,
       sure <> 'no', sure = 'always'
FROM places
UNION ALL
SELECT name, 'organisation', name, NULL, NULL, wikidata, NULL, NULL, true, true
FROM organisations;

CREATE TABLE known AS
SELECT name, type, canonical, sure, always FROM facts
UNION ALL SELECT name, type, name, true, true FROM products_and_events
UNION ALL SELECT name, type, canonical, true,
                 type = 'organisation' OR canonical IN (SELECT name FROM countries)
                 AND name NOT IN (SELECT country FROM countries)  -- `ESP` may be a fashion house
          FROM aliases;

-- What a name must be wherever it stands. A town may be the club of its name, other places not; a
-- country goes before a body.
CREATE TABLE sure_types AS
SELECT name, max(type) AS type, bool_or(always) AS always,
       bool_or(canonical IN (SELECT name FROM countries)) AS country FROM known
WHERE sure AND length(name) > 1 GROUP BY name  -- `H` is Høyre, if it is a party
UNION ALL
SELECT name, 'person', true, false FROM (
    SELECT name FROM people UNION SELECT surname FROM people WHERE surname IS NOT NULL)
WHERE name NOT IN (SELECT name FROM known);

-- Other spellings of what is known, where they can only be that.
CREATE TABLE known_folded AS
SELECT folded(name) AS key, type, min(canonical) AS canonical
FROM known WHERE sure AND length(name) > 4 GROUP BY ALL HAVING min(canonical) = max(canonical);

-- ... and of bodies and places alone: phrases, and acronyms that are written like words: `Nupi`.
CREATE TABLE known_unlinked AS
SELECT key, type, min(canonical) AS canonical FROM (
    SELECT unlinked(name) AS key, type, canonical FROM known
    WHERE sure AND type IN ('organisation', 'place') AND contains(name, ' ')
    UNION ALL
    SELECT name[1] || lower(name[2:]), type, canonical FROM known
    WHERE type = 'organisation' AND regexp_full_match(name, '[A-ZÆØÅ]{4}')
) GROUP BY ALL HAVING min(canonical) = max(canonical);
