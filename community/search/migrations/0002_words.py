"""The full-text index. PostgreSQL: a generated tsvector. SQLite: an external-content FTS5 table that triggers keep true.

Whoever alters `SearchDocument` later: SQLite rebuilds a table to alter it and drops its triggers. Run `TRIGGERS` again then.
"""

from django.db import migrations

POSTGRESQL = [
    """
    ALTER TABLE search_searchdocument ADD COLUMN words tsvector GENERATED ALWAYS AS (
      CASE WHEN language = 'en'
        THEN setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', body), 'C')
        ELSE setweight(to_tsvector('swedish', title), 'A') || setweight(to_tsvector('swedish', body), 'C')
      END
    ) STORED
    """,
    "CREATE INDEX search_words ON search_searchdocument USING gin (words)",
    "CREATE INDEX search_people ON profiles_user USING gin (to_tsvector('simple', name || ' ' || title))",
]
TABLE = """
    CREATE VIRTUAL TABLE search_words USING fts5(
      title, body, content='search_searchdocument', content_rowid='id', prefix='3', tokenize='unicode61 remove_diacritics 0'
    )
"""
_OUT = "INSERT INTO search_words(search_words, rowid, title, body) VALUES ('delete', old.id, old.title, old.body);"
_IN = "INSERT INTO search_words(rowid, title, body) VALUES (new.id, new.title, new.body);"
TRIGGERS = [
    f"CREATE TRIGGER search_words_added AFTER INSERT ON search_searchdocument BEGIN {_IN} END",
    f"CREATE TRIGGER search_words_gone AFTER DELETE ON search_searchdocument BEGIN {_OUT} END",
    "CREATE TRIGGER search_words_changed AFTER UPDATE OF title, body ON search_searchdocument "
    f"WHEN old.title <> new.title OR old.body <> new.body BEGIN {_OUT} {_IN} END",
]


def add(apps, schema_editor):
    statements = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else [TABLE, *TRIGGERS]
    for statement in statements:
        schema_editor.execute(statement, params=None)


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE search_searchdocument DROP COLUMN words", params=None)
        schema_editor.execute("DROP INDEX search_people", params=None)
        return
    for name in ("added", "gone", "changed"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS search_words_{name}", params=None)
    schema_editor.execute("DROP TABLE search_words", params=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial"), ("profiles", "0002_initial")]
    operations = [migrations.RunPython(add, remove)]
