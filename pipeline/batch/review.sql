-- The names that a person should look at first: how sure is it that each is what the tables say?

WITH judged AS (
    -- A label that names no type (DRV) contradicts none, and no label what is known.
    SELECT m.*, e.name AS canonical, map($labels, $types)[m.label] AS seen_as,
           coalesce(e.wikidata, e.country) IS NOT NULL AS known,
           known OR coalesce(seen_as = m.type, true) AS agrees
    FROM mentions m JOIN entities e USING (entity_id)
    WHERE m.method <> 'gazetteer' AND m.name NOT IN (SELECT unnest($without))
),
-- Where the model gives no score, the entity's mentions are witnesses, and the rule of succession
-- says what the next one would be worth. A name of several words has two witnesses more, and what
-- is known four: the errors in the sample articles are rare names of one word.
counted AS (
    SELECT *, count(*) OVER entity AS n, count(*) FILTER (agrees) OVER entity AS agreeing,
           CASE WHEN contains(name, ' ') THEN 2 ELSE 0 END + CASE WHEN known THEN 4 ELSE 0 END AS more
    FROM judged WINDOW entity AS (PARTITION BY entity_id)
),
-- A score is that of the label: it speaks against a type that is not the label's.
scored AS (
    SELECT *, CASE WHEN score IS NULL THEN (agreeing + more + 1) / (n + more + 2)
                   WHEN agrees THEN score ELSE 1 - score END AS certainty
    FROM counted
),
names AS (
    SELECT name, round(avg(certainty), 6) AS certainty, avg(score) AS score,
           count(*) AS mentions, count(DISTINCT doc_id) AS documents,
           first(context ORDER BY certainty, doc_id, "start") AS context,
           first(doc_id ORDER BY certainty, doc_id, "start") AS document
    FROM scored GROUP BY name
),
meant AS (
    SELECT name, type, canonical FROM scored GROUP BY name, type, canonical
    QUALIFY row_number() OVER (PARTITION BY name ORDER BY count(*) DESC, type, canonical) = 1
),
seen AS (
    SELECT name, string_agg(seen_as || ' ' || n, ', ' ORDER BY n DESC, seen_as) AS seen_as
    FROM (SELECT name, seen_as, count(*) AS n FROM scored WHERE seen_as IS NOT NULL GROUP BY ALL)
    GROUP BY name
)
SELECT name, type, canonical, context, document, mentions, documents, seen_as,
       round(score, 2) AS score, type AS was_type, canonical AS was_canonical
FROM names JOIN meant USING (name) LEFT JOIN seen USING (name)
ORDER BY certainty, name
LIMIT $rows;
