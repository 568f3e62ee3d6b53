-- What each document calls a thing, and of which type that is.

-- `Kalleks`, where the corpus has Kallek in more documents, or a name of several words in as many: a
-- genitive that its own did not show. And `Jorge Luis Borge`, which nothing has without the -s.
CREATE OR REPLACE TEMP TABLE genitives AS
WITH counts AS (
    SELECT name, type, count(DISTINCT doc_id) AS n,
           bool_or(lower(surface) <> lower(name) || 's' OR full_name <> name) AS alone
    FROM found WHERE canonical IS NULL GROUP BY name, type
),
doubtful AS (
    SELECT *, left(name, length(name) - 1) AS base, regexp_extract(name, '[^ ]+$') AS word
    FROM counts WHERE regexp_matches(name, '[^s ]{3}s$')
)
SELECT d.name, d.type, d.base FROM doubtful d JOIN counts c ON c.name = d.base AND c.type = d.type
WHERE (c.n > d.n OR (c.n = d.n AND c.alone AND contains(d.name, ' ')))
  AND d.word NOT IN (SELECT name FROM ends_in_s)
  AND d.word NOT IN (SELECT name FROM shared_names) AND d.name NOT IN (SELECT name FROM known)
UNION ALL
SELECT c.name, c.type, d.name FROM doubtful d JOIN counts c ON c.name = d.base AND c.type = d.type
WHERE c.n <= d.n AND NOT c.alone AND c.name NOT IN (SELECT name FROM known)
  AND regexp_extract(c.name, '[^ ]+$') NOT IN (SELECT name FROM shared_names);  -- Kjell Moen

-- The last words of the people whom a document names in full.
CREATE OR REPLACE TEMP TABLE bearers AS
SELECT DISTINCT doc_id, regexp_extract(full_name, '\S+$') AS word
FROM found WHERE type = 'person' AND contains(full_name, ' ');

-- What each document calls a thing; the user's aliases go before what the document says. Where
-- somebody bears a name, the mentions that mean a person are `apart`: Sande, from Sande. An alias
-- that tells no more than a type holds for that name alone.
CREATE OR REPLACE TEMP VIEW called_so AS
SELECT f.* EXCLUDE (name), coalesce(g.base, f.name) AS name,
       coalesce(a.canonical, a.name, b.canonical, h.base, f.full_name) AS called,
       coalesce(a.type, b.type) AS own_type,
       f.type = 'person' AND w.word IS NOT NULL AND a.name IS NULL AND b.name IS NULL AS apart
FROM found f
LEFT JOIN bearers w ON w.doc_id = f.doc_id AND w.word = f.full_name
LEFT JOIN genitives g ON f.canonical IS NULL AND g.name = f.name AND g.type = f.type
LEFT JOIN genitives h ON f.canonical IS NULL AND h.name = f.full_name AND h.type = f.type
LEFT JOIN own_aliases a ON f.canonical IS NULL AND a.name = coalesce(g.base, f.name)
LEFT JOIN own_aliases b ON f.canonical IS NULL AND b.name = f.full_name;

-- The user's gazetteer may give one name to several things, each with its id. What else a document
-- calls so is that of them which it has, if it has only one.
CREATE OR REPLACE TEMP TABLE only_ids AS
SELECT doc_id, called, apart, min(canonical_id) AS id FROM called_so WHERE canonical_id IS NOT NULL
GROUP BY doc_id, called, apart HAVING count(DISTINCT canonical_id) = 1;
CREATE OR REPLACE TEMP VIEW called AS
SELECT c.* REPLACE (coalesce(c.canonical_id, o.id) AS canonical_id)
FROM called_so c LEFT JOIN only_ids o USING (doc_id, called, apart);

CREATE OR REPLACE TEMP TABLE votes AS
SELECT doc_id, called, apart, canonical_id, type, count(*) AS n,
       max(score) FILTER (NOT derived) AS score,  -- none of what a rule found
       count(*) FILTER (NOT derived) AS n_alone,
       bool_or(type = 'product' AND method = 'rule') AS ship,
       min(own_type) AS own_type, min(canonical) AS canonical
FROM called GROUP BY doc_id, called, apart, canonical_id, type;

CREATE OR REPLACE TEMP TABLE corpus_votes AS
SELECT called, type, sum(n) AS n, sum(n_alone) AS n_alone FROM votes GROUP BY called, type;

-- What names of which nothing is known are where they stand alone: a document that has one only in
-- `Harry Hole-land` tells less of what that is than another that has Harry Hole.
CREATE OR REPLACE TEMP TABLE alone AS
SELECT c.called, c.type FROM corpus_votes c ANTI JOIN sure_types s ON s.name = c.called
WHERE c.n_alone > 0
QUALIFY row_number() OVER (
    PARTITION BY c.called ORDER BY c.n_alone DESC, list_position($types, c.type)
) = 1;

-- The user decides, then the document's majority, then the corpus's, then who is surer, then the
-- order person, place, organisation, ...
CREATE OR REPLACE TEMP TABLE chosen AS
SELECT v.doc_id, v.called, v.apart, v.canonical_id,
       CASE WHEN v.apart OR v.canonical IS NOT NULL
              OR sum(v.n_alone) OVER (PARTITION BY v.doc_id, v.called, v.apart, v.canonical_id) > 0
            THEN v.type ELSE coalesce(a.type, v.type) END AS type,
       v.own_type, v.score, v.ship, v.canonical
FROM votes v JOIN corpus_votes c USING (called, type) LEFT JOIN alone a ON a.called = v.called
QUALIFY row_number() OVER (
    PARTITION BY v.doc_id, v.called, v.apart, v.canonical_id
    ORDER BY v.canonical IS NULL, v.own_type IS NULL, v.n DESC, c.n DESC,
             coalesce(v.score, 1) DESC, list_position($types, v.type)
) = 1;

-- What the form of a name tells: `Sjøholm Bil AS`, and `Sjøholm Bil` then; `Sande skole`. Some may
-- be either: `Nordbanken` a bank, or where fish is caught.
CREATE OR REPLACE TEMP TABLE formed AS
WITH names AS (SELECT DISTINCT called AS name FROM chosen),
companies AS (SELECT name, without_form(name) AS base FROM names WHERE without_form(name) <> name),
last_words AS (
    SELECT name, lower(regexp_extract(name, '[^ ]+$')) AS word, contains(name, ' ') AS several
    FROM names
)
SELECT name, list_sort(list_distinct(list(type))) AS types, bool_or(whole) AS whole FROM (
    SELECT name, 'organisation' AS type, true AS whole FROM companies
    -- `Kjell Hagebakk AS` tells nothing of Kjell Hagebakk.
    UNION ALL SELECT base, 'organisation', true FROM companies
    WHERE contains(base, ' ')
      AND split_part(base, ' ', 1) NOT IN (SELECT name FROM shared_names WHERE forename = 'yes')
    UNION ALL SELECT w.name, e.type, w.word = e.name FROM last_words w JOIN endings e
        ON (w.several AND w.word = e.name)
           OR (length(e.name) > 4 AND length(w.word) > length(e.name) + 2
               AND ends_with(w.word, e.name))
) GROUP BY name;

-- What else can only be something known, but for capitals, accents, hyphens and blanks: `Unifil`.
CREATE OR REPLACE TEMP TABLE respelt AS
SELECT n.name, min(f.type) AS type
FROM (SELECT DISTINCT called AS name FROM chosen ANTI JOIN sure_types s ON s.name = called) n
JOIN known_folded f ON f.key = folded(n.name)
GROUP BY n.name HAVING count(DISTINCT f.type) = 1 AND min(f.type) <> 'place';

-- Knowledge corrects the choice: a country is a place also when it acts, the EU an organisation
-- also where it stands for Europe. A town may be the club, or the ship, of its name, if the model
-- is rather sure than not; a ship, a work or somebody of any such name is, if it is sure. But a
-- person stays one where the document has the name in full, and is called nothing in full that only
-- ends like a place: Marte Bakkeplass; nor is a body that the model is sure of: Den engelske kirke.
CREATE OR REPLACE TEMP TABLE typed AS
WITH evidence AS (
    SELECT c.*, coalesce(s.type, r.type) AS known, e.types[1] AS form,
           coalesce(s.country, false) AS is_country, s.type = 'place' AS is_place, s.always,
           -- The dog Frøya, and king Karl Johan; but Kerem Shalom is nobody.
           NOT s.always OR NOT contains(c.called, ' ') OR split_part(c.called, ' ', 1) IN
               (SELECT name FROM shared_names WHERE forename = 'yes') AS may_be_somebody,
           (c.type = 'person' AND NOT (e.whole AND contains(c.called, ' ')))
               OR list_contains(e.types, c.type)
               OR (c.type = 'organisation' AND form = 'place' AND c.score >= 0.8) AS against_form
    FROM chosen c
    LEFT JOIN sure_types s ON s.name = c.called
    LEFT JOIN respelt r ON r.name = c.called
    LEFT JOIN formed e ON e.name = c.called
)
SELECT doc_id, called, apart, canonical_id, canonical,
       CASE WHEN canonical IS NOT NULL THEN type  -- the user's gazetteer
            WHEN own_type IS NOT NULL THEN own_type
            WHEN apart  -- from here on the model, against what is known
              OR (ship AND NOT is_country)
              OR (is_place AND NOT always AND type IN ('organisation', 'product')
                  AND coalesce(score, 1) >= 0.5)
              OR (type = 'product' AND score >= 0.7 AND NOT is_country
                  AND coalesce(known, form, '') <> 'organisation')
              OR (is_place AND may_be_somebody AND type = 'person' AND score >= 0.8) THEN type
            ELSE coalesce(known, CASE WHEN against_form THEN type ELSE form END, type) END AS type
FROM evidence;
