"""Uploaded images go through a view that checks."""

from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from PIL import Image as Picture
from wagtail.images.models import Image
from wagtail.models import Collection

from tests import factories
from tests.factories import NOW
from tests.house.test_leaks import client_of
from wiki import sections

pytestmark = pytest.mark.django_db


def picture(name="Bild.png", collection=None):
    file = BytesIO()
    Picture.new("RGB", (40, 30), "teal").save(file, "PNG")
    held = collection or Collection.get_first_root_node()
    return Image.objects.create(title="Bild", file=ImageFile(file, name=name), collection=held)


@pytest.fixture
def club():
    made = factories.community(visibility="secret", members=(factories.person(),))
    sections.section_of(community=made, now=NOW)
    return made


def paths(image):
    return [image.file.url, image.get_rendition("width-20").url]


def test_an_image_of_the_house_is_shown_to_whoever_is_signed_in(client):
    reader, seen = client_of(factories.person()), paths(picture())

    answers = [reader.get(path) for path in seen]

    assert [(a.status_code, a["Content-Type"], a["X-Content-Type-Options"]) for a in answers] == [
        (200, "image/png", "nosniff")
    ] * 2
    assert [client.get(path).status_code for path in seen] == [302, 302]


def test_an_image_of_a_secret_community_does_not_exist_for_others(club):
    member = club.members.get()
    seen = paths(
        picture(
            collection=Collection.objects.get(
                group_permissions__group=club.group, group_permissions__permission__codename="add_image"
            )
        )
    )

    statuses = {
        who: [client_of(who).get(path).status_code for path in seen] for who in (member, factories.person())
    }

    assert list(statuses.values()) == [[200, 200], [404, 404]]


@pytest.mark.parametrize(
    "path",
    [
        "photos/x.webp",
        "images/none.png",
        "../settings.py",
        "images/../../secret_key",
        "documents/x.pdf",
        "%00",
    ],
)
def test_no_other_file_is_served(path):
    assert client_of(factories.person()).get(f"/media/{path}").status_code in {400, 404}
