from __future__ import annotations

import pyarrow as pa
import pytest

from pipeline import schemas, vocabulary


@pytest.mark.parametrize("table", [*schemas.BY_NAME.values(), schemas.TOKENS, schemas.SPANS])
def test_schemas_every_field_is_described(table: schemas.Table) -> None:
    assert all(len(field.metadata[b"description"]) > 5 for field in table.schema)
    assert set(table.keys) <= set(table.schema.names)


def test_schemas_version_is_in_the_metadata() -> None:
    assert schemas.MENTIONS.schema.metadata[schemas.VERSION_KEY] == b"1"


def test_cast_encodes_by_appearance_and_plain_undoes_it() -> None:
    rows = pa.table(
        {
            "doc_id": ["a"],
            "source": ["a"],
            "stage": ["extract"],
            "code": ["X"],
            "message": ["m"],
            "attempts": pa.array([1], pa.int64()),
        }
    )
    cast = schemas.FAILURES.cast(rows)
    assert cast.schema.equals(schemas.FAILURES.schema)
    assert schemas.plain(cast)["code"].type == pa.string()


def test_every_label_has_a_type() -> None:
    assert set(vocabulary.TYPE_OF_LABEL) == set(vocabulary.LABELS) - {"DRV"}
    assert set(vocabulary.TYPE_OF_LABEL.values()) == set(vocabulary.TYPES)
