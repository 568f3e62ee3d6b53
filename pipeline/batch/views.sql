-- Documents with the same text are one: the first by id is worked on, the others point to it.
CREATE OR REPLACE TEMP VIEW unique_documents AS
SELECT *, first_value(doc_id) OVER (PARTITION BY sha256, status ORDER BY doc_id) AS first_id
FROM documents;
