-- How names are compared.

-- A name to compare by: no capitals, accents, hyphens or points. Å is a letter of its own.
CREATE OR REPLACE TEMP MACRO plain(name) AS
    CASE WHEN strlen(name) = length(name) THEN lower(name)  -- nothing but ASCII: most names
         ELSE replace(strip_accents(translate(lower(name), 'åäöłđı’', chr(1) || 'æølđi''')),
                      chr(1), 'å') END;
CREATE OR REPLACE TEMP MACRO spaced(name) AS
    -- Short ones differ by their capitals alone: AP is no Ap.
    CASE WHEN length(name) <= 4 THEN name
         -- Most names have nothing else to lose, and this is twice as fast.
         WHEN regexp_full_match(name, '[A-Za-zÆØÅæøå]+( [A-Za-zÆØÅæøå]+)*') THEN lower(name)
         ELSE trim(regexp_replace(replace(plain(name), '.', ''), '[\s''"«»–-]+', ' ', 'g')) END;
-- ... and no blanks: `Exxon Mobil` is ExxonMobil, but Eagle S not Eagles, nor Kirkegata 1-3 no. 13.
CREATE OR REPLACE TEMP MACRO folded(name) AS
    CASE WHEN rtrim(name, '.')[-2] = ' ' OR length(replace(name, ' ', '')) <= 4 THEN spaced(name)
         ELSE replace(regexp_replace(spaced(name), '(\d) (\d)', '\1_\2', 'g'), ' ', '') END;

-- Bodies and places that are called by a phrase, without its definite ending: `Det osmanske riket`
-- is Det osmanske rike.
CREATE OR REPLACE TEMP MACRO bare(name) AS
    CASE WHEN regexp_matches(name, '^(?i:de[nt]) ')
         THEN regexp_replace(spaced(name), '^(\S+ \S+e .*\pL{3})(?:en|et|e)$', '\1') END;
-- ... and without an -s that links words, which tells nothing where one is known: `Tønsberg Blad`.
CREATE OR REPLACE TEMP MACRO unlinked(name) AS
    CASE WHEN NOT contains(name, ' ') THEN name
         ELSE regexp_replace(coalesce(bare(name), spaced(name)), '(\pL{3})s ', '\1 ', 'g') END;

-- A person's name as words; `al-Assad` is `Assad`, `Zelensky` is `Zelenskyj`; but Al Gore is Al.
SET VARIABLE spellings = (
    SELECT map(list(plain(name) ORDER BY name), list(plain(spelling) ORDER BY name)) FROM spellings
);
SET VARIABLE unusual = (SELECT list(name ORDER BY name) FROM spellings);
CREATE OR REPLACE TEMP MACRO person_words(name) AS
    list_transform(
        string_split(trim(regexp_replace(plain(regexp_replace(
            name, '(^| )(?:(?:al|el)[ -]+|(?:[Aa]l|[Ee]l)-)', '\1', 'g')),
            '[\s.''"«»]+', ' ', 'g')), ' '),
        lambda word: coalesce(getvariable('spellings')[word], word)
    );

-- Full names to compare by: `Kim Jong Un` is Kim Jong-un, `J.D. Vance` JD Vance.
CREATE OR REPLACE TEMP MACRO full_name_key(letters) AS
    CASE WHEN NOT contains(letters, ' ') THEN letters
         ELSE regexp_replace(regexp_replace(replace(letters, '-', ' '),
             '^(\pL) (\pL) (\pL) ', '\1\2\3 '), '^(\pL) (\pL) ', '\1\2 ') END;

-- What misprints leave of a name: `Torbjørn`, `Emanuel`, of Thorbjørn and Emmanuel.
CREATE OR REPLACE TEMP MACRO squeezed(letters) AS
    array_to_string(list_filter(string_split(replace(letters, 'th', 't'), ''),
        lambda letter, i: i = 1 OR letter <> replace(letters, 'th', 't')[i - 1]), '');

-- `Equinor ASA` -> Equinor; but `Moss AS` is neither the town nor its club.
SET VARIABLE company_form = (
    SELECT ',? (' || string_agg(replace(name, '.', '\.'), '|' ORDER BY name) || ')$'
    FROM company_forms
);
CREATE OR REPLACE TEMP MACRO without_form(name) AS
    regexp_replace(name, getvariable('company_form'), '');
