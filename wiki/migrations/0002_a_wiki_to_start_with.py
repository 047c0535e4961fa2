"""The wiki's root in the place of Wagtail's welcome page, and nobody with rights over the whole tree."""

import uuid

from django.db import migrations

WELCOME = "00010001"


def lay_ground(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    root = Page.objects.filter(depth=1).order_by("path").first()
    if root is None or apps.get_model("wiki", "WikiIndex").objects.exists():
        return
    Page.objects.filter(path=WELCOME, slug="home", numchild=0).delete()
    index = _index(apps, root)
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", port=80, root_page_id=index.pk, is_default_site=True)
    root.numchild = Page.objects.filter(depth=2).count()
    root.save(update_fields=["numchild"])


def _index(apps, root):
    Page = apps.get_model("wagtailcore", "Page")
    ContentType = apps.get_model("contenttypes", "ContentType")
    taken = set(Page.objects.filter(depth=2).values_list("path", flat=True))
    path = next(path for n in range(1, 1000) if (path := f"{root.path}{n:04}") not in taken)
    return apps.get_model("wiki", "WikiIndex").objects.create(
        title="Wiki",
        draft_title="Wiki",
        slug="wiki",
        path=path,
        depth=2,
        numchild=0,
        url_path="/wiki/",
        live=True,
        content_type=ContentType.objects.get_or_create(app_label="wiki", model="wikiindex")[0],
        locale=apps.get_model("wagtailcore", "Locale").objects.order_by("pk").first(),
        translation_key=uuid.uuid4(),
    )


def take_rights_over_everything(apps, schema_editor):
    """Wagtail's own groups may edit the whole tree, so also what belongs to a secret community."""
    apps.get_model("auth", "Group").objects.filter(name__in=["Moderators", "Editors"]).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("wiki", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailadmin", "0006_formstate"),
    ]
    operations = [
        migrations.RunPython(lay_ground, migrations.RunPython.noop),
        migrations.RunPython(take_rights_over_everything, migrations.RunPython.noop),
    ]
