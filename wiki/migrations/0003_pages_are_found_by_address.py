from django.db import migrations


def index_addresses(apps, schema_editor):
    """A page is read by its address; Wagtail keeps no index on it. A hash has no limit of length."""
    table = "USING hash (url_path)" if schema_editor.connection.vendor == "postgresql" else "(url_path)"
    schema_editor.execute(f"CREATE INDEX IF NOT EXISTS wiki_page_address ON wagtailcore_page {table}")


class Migration(migrations.Migration):
    dependencies = [("wiki", "0002_a_wiki_to_start_with")]
    operations = [migrations.RunPython(index_addresses, migrations.RunPython.noop)]
