-- Which names of the corpus stand for the same thing.

CREATE OR REPLACE TEMP TABLE public AS
SELECT name, array_to_string(words, ' ') AS letters, words[1] AS first, words[-1] AS last,
       array_to_string(surname_words, ' ') AS surname,
       coalesce(surname_words = [words[-1]], false) AS alone  -- not Lula da Silva, as Silva
FROM (SELECT name, surname, person_words(name) AS words, person_words(surname) AS surname_words
      FROM people);

-- Spellings ----------------------------------------------------------------------------------

-- Each distinct name with the key that its spellings share: what is known of it, or its letters.
CREATE OR REPLACE TEMP TABLE spelt AS
WITH own_names AS (
    SELECT canonical AS name FROM own_aliases WHERE canonical IS NOT NULL
    UNION SELECT canonical FROM typed WHERE canonical IS NOT NULL
),
names AS (
    SELECT DISTINCT coalesce(canonical, called) AS name, type FROM typed WHERE canonical_id IS NULL
),
formless AS (
    SELECT name, type,
           CASE WHEN type = 'organisation'
                     AND without_form(name) NOT IN (SELECT name FROM places)
                THEN without_form(name) ELSE name END AS base,
           -- What the user calls something is not known by another name.
           name IN (FROM own_names) AS own
    FROM names
),
lettered AS (
    SELECT *, CASE type WHEN 'person' THEN array_to_string(person_words(base), ' ')
                        ELSE spaced(base) END AS letters, folded(base) AS folded,
           CASE WHEN type IN ('organisation', 'place') THEN bare(base) END AS bare,
           CASE WHEN type IN ('organisation', 'place') THEN unlinked(base) END AS unlinked
    FROM formless
),
written AS (
    -- `China National Petroleum Corporation` is called so, Kitron ASA is Kitron.
    SELECT n.name, n.type, n.own,
           CASE WHEN n.own OR ends_with(n.name, ' Corporation') THEN n.name ELSE n.base END AS shown,
           CASE WHEN k.canonical IS NULL OR NOT n.own OR k.canonical = n.name
                THEN coalesce(k.canonical, f.canonical, u.canonical) END AS known_as,
           n.letters, CASE n.type WHEN 'person' THEN full_name_key(n.letters)
                                  ELSE coalesce(n.bare, n.folded) END AS key
    FROM lettered n
    LEFT JOIN known k ON k.name = n.base AND k.type = n.type
    LEFT JOIN known_folded f ON k.name IS NULL AND NOT n.own AND f.key = n.folded
                            AND f.type = n.type
    LEFT JOIN known_unlinked u ON k.name IS NULL AND NOT n.own AND u.key = n.unlinked
                              AND u.type = n.type
),
-- `Emanuel Macron`: nobody else in the news has that surname.
misspelt AS (
    SELECT w.letters, p.letters AS right_letters
    FROM (SELECT DISTINCT letters, regexp_extract(letters, '\S+$') AS last FROM written
          WHERE type = 'person' AND last IN (SELECT p.last FROM public p WHERE p.alone)) w
    JOIN public p ON p.alone AND p.last = w.last AND squeezed(p.letters) = squeezed(w.letters)
)
-- Of spellings with the same key that of who is known, or the one with most hyphens: the surname
-- Bakke-Jensen is no Jensen.
SELECT w.* EXCLUDE (letters, key),
       coalesce(p.letters, m.right_letters, first_value(w.letters) OVER (
           PARTITION BY w.type, w.key
           ORDER BY length(replace(w.letters, '-', '')), length(w.letters), w.letters
       )) AS letters
FROM written w
LEFT JOIN public p ON w.type = 'person' AND full_name_key(p.letters) = w.key
LEFT JOIN misspelt m ON w.type = 'person' AND m.letters = w.letters;

-- One name for the spellings of a thing: as it is known; else the usual spelling, not in capitals,
-- without `Corporation`, the longest with most accents and hyphens.
CREATE OR REPLACE TEMP TABLE things AS
SELECT type, known_as, CASE WHEN known_as IS NULL THEN letters END AS letters, bool_or(own) AS own,
       coalesce(known_as, first(shown ORDER BY
           NOT own, list_has_any(string_split(shown, ' '), getvariable('unusual')),
           shown = upper(shown), ends_with(shown, ' Corporation'), strlen(shown) DESC,
           replace(shown, ' ', '~'))) AS name
FROM spelt GROUP BY 1, 2, 3;

-- People -------------------------------------------------------------------------------------

-- The last word tells who is meant where few bear it, or one of those who do is in the news by it.
CREATE OR REPLACE TEMP TABLE persons AS
WITH split AS (
    SELECT letters, own, string_split(letters, ' ') AS words
    FROM things WHERE type = 'person' AND letters IS NOT NULL
)
SELECT letters, own, words, len(words) AS n, words[1] AS first, words[-1] AS last,
       words[-1] IN (SELECT p.last FROM public p WHERE p.alone) AS public,
       words[-1] IN (SELECT plain(name) FROM shared_names) AS shared
FROM split WHERE NOT shared OR words[-1] IN (SELECT p.last FROM public p);

-- Names that a document has beside each other: had they been one person's, it would have one name
-- for both (Gustav Magnar Witzøe and his father, Gustav Witzøe).
CREATE OR REPLACE TEMP TABLE told_apart AS
WITH named AS (
    FROM (SELECT DISTINCT t.doc_id, p.letters, p.first, p.last, p.n
          FROM typed t
          JOIN spelt s ON s.name = t.called AND s.type = t.type
          JOIN persons p ON p.letters = s.letters
          WHERE t.type = 'person' AND t.canonical IS NULL AND p.n > 1)
    QUALIFY count(*) OVER (PARTITION BY doc_id, first, last) BETWEEN 2 AND 50
)
SELECT DISTINCT s.letters, f.letters AS full_letters
FROM named s JOIN named f USING (doc_id, first, last)
WHERE f.n > s.n;

-- Each name of two words or more and a fuller one for the same person. First and last words that
-- more than 50 names begin and end with are everybody's.
CREATE OR REPLACE TEMP TABLE fuller AS
WITH several AS (
    SELECT letters, words, n, first, last FROM persons WHERE n > 1
    QUALIFY count(*) OVER (PARTITION BY first, last) <= 50
),
endings AS (
    SELECT letters, array_to_string(words[i:], ' ') AS ending
    FROM several, LATERAL unnest(range(2, n)) AS t(i)
)
-- Jonas Støre: Jonas Gahr Støre; but George W. Bush is not George H. W. Bush
SELECT s.letters, f.letters AS full_letters
FROM several s JOIN several f USING (first, last)
WHERE f.n > s.n AND list_has_all(f.words, s.words) AND NOT regexp_matches(s.letters, ' . ')
  AND (s.letters, f.letters) NOT IN (FROM told_apart)
UNION
-- E. Solberg: Erna Solberg
SELECT s.letters, f.letters
FROM several s JOIN several f ON f.last = s.last AND f.first[1] = s.first
WHERE s.n = 2 AND length(f.first) > 1
UNION
-- Gahr Støre: Jonas Gahr Støre
SELECT s.letters, e.letters FROM several s JOIN endings e ON e.ending = s.letters;

CREATE OR REPLACE TEMP TABLE fullest AS
SELECT letters, first, last FROM persons ANTI JOIN fuller USING (letters) WHERE n > 1;

-- In how many documents each person is named in full.
CREATE OR REPLACE TEMP TABLE introduced AS
WITH known_by AS (FROM fuller UNION SELECT letters, letters FROM fullest)
SELECT k.full_letters AS letters, count(DISTINCT t.doc_id) AS n
FROM typed t
JOIN spelt s ON s.type = t.type AND s.name = coalesce(t.canonical, t.called)
JOIN known_by k ON k.letters = s.letters
WHERE t.type = 'person'
GROUP BY k.full_letters;

-- Words that tell nobody who stands alone: what somebody is called first (`Jesus`), and the number
-- of a king or pope (`Xi`).
CREATE OR REPLACE TEMP VIEW no_surnames AS
SELECT words[1] AS word
FROM (SELECT string_split(letters, ' ') AS words FROM things WHERE type = 'person')
WHERE len(words) > 1
UNION SELECT letters FROM persons WHERE regexp_full_match(letters, 'x{0,3}(ix|iv|v?i{0,3})');

-- A name stands for the one fullest name that it fits. A surname alone needs more: that only one
-- person of the corpus bears it, and is named in full in two documents; who is in the news by it
-- bears it before the others. Of those whose surname many bear, who is in the news alone is meant
-- by less than the full name: `Jonas Støre`, but no `Tom Solberg`.
CREATE OR REPLACE TEMP TABLE same_person AS
SELECT f.letters, min(f.full_letters) AS full_letters
FROM fuller f JOIN persons p ON p.letters = f.letters AND NOT p.own
SEMI JOIN fullest ON fullest.letters = f.full_letters
WHERE f.letters NOT IN (SELECT letters FROM public)  -- Kjell Bondevik is not Kjell Magne
GROUP BY f.letters
HAVING count(DISTINCT f.full_letters) = 1
   AND NOT (bool_or(p.shared) AND min(f.full_letters) NOT IN (SELECT letters FROM public))
UNION ALL
SELECT s.letters, min(f.letters)
FROM persons s JOIN fullest f USING (last) JOIN introduced i ON i.letters = f.letters
WHERE s.n = 1 AND NOT s.own
  AND CASE WHEN s.public
           THEN (f.first, f.last) IN (SELECT (p.first, p.last) FROM public p WHERE p.alone)
           ELSE s.last NOT IN (FROM no_surnames) END
GROUP BY s.letters HAVING count(*) = 1 AND (bool_or(s.public) OR min(i.n) > 1);

-- Organisations ------------------------------------------------------------------------------

-- `Verdens helseorganisasjon (WHO)` in any document tells what WHO is in those that do not say,
-- if all that say agree. What is known needs no telling: `Arbeiderpartiet (PT)` is Brazil's. Two
-- letters are too many things.
CREATE OR REPLACE TEMP TABLE same_body AS
WITH told AS (
    SELECT DISTINCT name, called FROM called
    WHERE type = 'organisation' AND NOT derived AND canonical IS NULL AND name <> called
      AND length(name) BETWEEN 3 AND 8
      AND regexp_matches(name, '^\p{Lu}[\pL\d]*\p{Lu}|^\p{Lu}[\pL\d]{2}$')
),
meant AS (
    SELECT t.name, f.known_as, CASE WHEN f.known_as IS NULL THEN f.letters END AS letters
    FROM told t JOIN spelt f ON f.name = t.called AND f.type = 'organisation'
)
SELECT name, min(known_as) AS known_as, min(letters) AS letters
FROM meant GROUP BY name
HAVING count(DISTINCT coalesce(known_as, '') || chr(31) || coalesce(letters, '')) = 1
   AND count(*) FILTER (known_as IN (SELECT o.name FROM organisations o WHERE kind = 'party')) = 0;

-- A known club goes by its town, or what else it is called after: `Molde` for Molde FK, `Barcelona`
-- for FC Barcelona, where both are bodies, and the corpus has no other club called so.
SET VARIABLE club_form = (
    SELECT ' (' || string_agg(lower(name), '|' ORDER BY name) || ')$|^('
        || string_agg(lower(name), '|' ORDER BY name) FILTER (length(name) = 2) || ') '
    FROM club_forms
);
CREATE OR REPLACE TEMP TABLE same_club AS
WITH bodies AS (
    SELECT DISTINCT known_as, spaced(coalesce(known_as, letters)) AS letters
    FROM spelt WHERE type = 'organisation' AND NOT own
),
clubs AS (
    SELECT *, regexp_replace(letters, getvariable('club_form'), '') AS base
    FROM bodies WHERE base <> letters
    QUALIFY count(*) OVER (PARTITION BY base) = 1
)
SELECT b.letters AS short, c.known_as
FROM clubs c JOIN bodies b ON b.known_as IS NULL AND lower(b.letters) = c.base
WHERE c.known_as IN (SELECT o.name FROM organisations o WHERE kind = 'club');

-- Entities -----------------------------------------------------------------------------------

-- What each distinct name is, in the end.
CREATE OR REPLACE TEMP TABLE resolved AS
WITH followed AS (
    SELECT s.name, s.type, coalesce(s.known_as, b.known_as, c.known_as) AS known_as,
           coalesce(p.full_letters, b.letters, s.letters) AS letters
    FROM spelt s
    LEFT JOIN same_person p ON s.type = 'person' AND s.known_as IS NULL AND p.letters = s.letters
    LEFT JOIN same_body b ON s.type = 'organisation' AND s.known_as IS NULL AND NOT s.own
                          AND b.name = s.name
    LEFT JOIN same_club c ON s.type = 'organisation' AND s.known_as IS NULL AND NOT s.own
                         AND b.name IS NULL AND c.short = s.letters
)
SELECT f.name, f.type, coalesce(u.name, v.name, x.name, w.name, t.name) AS entity_name,
       coalesce(k.wikidata, t.known_as, u.letters, v.letters, x.letters, w.letters, t.letters)
           AS key
FROM followed f
JOIN things t ON t.type = f.type AND t.known_as IS NOT DISTINCT FROM f.known_as
             AND t.letters IS NOT DISTINCT FROM CASE WHEN f.known_as IS NULL THEN f.letters END
LEFT JOIN facts k ON k.name = t.known_as AND k.type = t.type
-- `Donald J. Trump` is in the news as Donald Trump; George H. W. Bush is not George W. Bush.
LEFT JOIN public u ON f.type = 'person' AND t.known_as IS NULL AND NOT t.own
                  AND u.letters = regexp_replace(t.letters, '( \S)+ ', ' ')
-- So is `Angela Dorothea Merkel` as Angela Merkel, but there are many of the name Solberg.
LEFT JOIN public v ON f.type = 'person' AND t.known_as IS NULL AND NOT t.own AND u.name IS NULL
                  AND v.letters = regexp_replace(t.letters, ' .* ', ' ')
                  AND v.last NOT IN (SELECT plain(name) FROM shared_names)
-- And `Claudia Sheinbaum Pardo` as Claudia Sheinbaum.
LEFT JOIN public x ON f.type = 'person' AND t.known_as IS NULL AND NOT t.own AND x.alone
                  AND x.letters = regexp_replace(t.letters, ' \S{4,}$', '')
                  AND NOT regexp_matches(t.letters, ' (junior|senior)$')
-- `Putin` is Vladimir Putin, also where nothing says so.
LEFT JOIN public w ON f.type = 'person' AND t.known_as IS NULL AND NOT t.own
                  AND w.surname = t.letters;

CREATE OR REPLACE TEMP TABLE named AS
WITH each AS (
    SELECT t.doc_id, t.called, t.apart, t.canonical_id, t.type,
           coalesce(r.entity_name, t.canonical) AS entity_name,
           coalesce(t.canonical_id, r.key) AS key
    FROM typed t LEFT JOIN resolved r ON t.canonical_id IS NULL AND r.type = t.type
                                      AND r.name = coalesce(t.canonical, t.called)
)
SELECT doc_id, called, apart, canonical_id, type, entity_name,
       left(md5(type || chr(31) || key), 20) AS entity_id
FROM each WHERE list_contains($wanted, type);
