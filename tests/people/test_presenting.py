"""How a person presents themself: words, photo, rhythm."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from community.topics.models import Topic
from profiles import presenting
from profiles.models import User
from profiles.pictures import NotAPicture, portrait
from tests import factories

pytestmark = pytest.mark.django_db


def picture(size=(800, 600), mode="RGB", form="PNG", **facts):
    kept = BytesIO()
    Image.new(mode, size).save(kept, form, **facts)
    return kept.getvalue()


def upload(content, name="me.png"):
    return SimpleUploadedFile(name, content, content_type="image/png")


def opened(content):
    return Image.open(BytesIO(content))


class TestWords:
    def test_name_title_bio_and_topics_are_kept_clean(self, signed_in, person):
        factories.topic("Ink")
        facts = {
            "name": " Maja\u202e  Ek ",
            "title": "Printer\n",
            "bio": "One\r\ntwo\x00",
            "ask_about": "ink",
        }

        signed_in.post(reverse("me:present"), facts)

        person.refresh_from_db()
        assert (person.name, person.title, person.bio) == ("Maja Ek", "Printer", "One\ntwo")
        assert [topic.name for topic in person.ask_about.all()] == ["Ink"]

    def test_a_new_topic_is_made_only_when_asked_for(self, signed_in, person):
        facts = {"name": "Maja", "ask_about": "Glue"}

        refused = signed_in.post(reverse("me:present"), facts)
        before = Topic.objects.count()
        signed_in.post(reverse("me:present"), facts | {"ask_about_create": "on"})

        assert (list(refused.context["present"].errors), before) == (["ask_about"], 0)
        assert [topic.name for topic in person.ask_about.all()] == ["Glue"]

    @pytest.mark.parametrize("name", ["", " ", "\u200b", "x" * 101])
    def test_nobody_is_without_a_name(self, signed_in, person, name):
        response = signed_in.post(reverse("me:present"), {"name": name})

        person.refresh_from_db()
        assert (response.status_code, person.name) == (422, "Maja Lind")

    def test_nothing_else_can_be_set(self, signed_in, person):
        facts = {
            "name": "Maja",
            "is_staff": "on",
            "is_superuser": "on",
            "email": "boss@example.org",
            "unread_notices": 9,
        }

        signed_in.post(reverse("me:present"), facts)

        kept = User.objects.get(pk=person.pk)
        assert (kept.is_staff, kept.is_superuser, kept.email, kept.unread_notices) == (
            False,
            False,
            person.email,
            0,
        )


class TestRhythm:
    def test_language_zone_and_digest_are_chosen(self, signed_in, person):
        facts = {
            "language": "en",
            "time_zone": "America/Lima",
            "digest_on": "on",
            "digest_weekday": "4",
            "digest_hour": "16",
        }

        signed_in.post(reverse("me:rhythm"), facts)

        kept = User.objects.get(pk=person.pk)
        assert (kept.language, kept.time_zone, kept.digest_on) == ("en", "America/Lima", True)
        assert (kept.digest_weekday, kept.digest_hour) == (4, 16)

    def test_nothing_chosen_means_as_the_organisation_has_it_and_no_digest(self, signed_in, person):
        signed_in.post(reverse("me:rhythm"), {})

        kept = User.objects.get(pk=person.pk)
        assert (kept.language, kept.time_zone, kept.digest_on) == ("", "", False)
        assert (kept.digest_weekday, kept.digest_hour) == (None, None)

    @pytest.mark.parametrize(
        "facts",
        [{"language": "xx"}, {"time_zone": "Mars/Base"}, {"time_zone": "../../etc/passwd"}, {"digest_hour": "24"},
         {"digest_weekday": "7"}, {"digest_hour": "-1"}, {"digest_weekday": "x"}],
    )  # fmt: skip
    def test_what_does_not_exist_is_refused(self, signed_in, person, facts):
        response = signed_in.post(reverse("me:rhythm"), {"digest_on": "on", **facts})

        assert (response.status_code, list(response.context["rhythm"].errors)) == (422, list(facts))
        assert User.objects.get(pk=person.pk).time_zone == ""


class TestPicture:
    @pytest.mark.parametrize(
        ("size", "kept"),
        [((800, 600), (512, 512)), ((90, 200), (90, 90)), ((1, 1), (1, 1)), ((4000, 10), (10, 10))],
    )
    def test_it_becomes_a_small_square(self, size, kept):
        made = opened(portrait(BytesIO(picture(size))))

        assert (made.format, made.size) == ("WEBP", kept)

    @pytest.mark.parametrize(
        ("mode", "form"),
        [("RGBA", "PNG"), ("P", "GIF"), ("L", "JPEG"), ("CMYK", "JPEG"), ("RGB", "WEBP"), ("1", "PNG")],
    )
    def test_every_kind_of_picture_is_read(self, mode, form):
        assert opened(portrait(BytesIO(picture(mode=mode, form=form)))).mode == "RGB"

    def test_where_it_was_taken_is_not_kept(self):
        taken = Image.Exif()
        taken[0x010E] = "Secret place"

        made = portrait(BytesIO(picture(form="JPEG", exif=taken.tobytes())))

        assert (b"Secret" in made, len(opened(made).getexif())) == (False, 0)

    def test_a_picture_on_its_side_is_put_upright(self):
        turned = Image.Exif()
        turned[0x0112] = 6
        half = Image.new("RGB", (100, 100))
        half.paste("white", (0, 0, 50, 100))
        kept = BytesIO()
        half.save(kept, "JPEG", exif=turned.tobytes())

        made = opened(portrait(BytesIO(kept.getvalue())))

        assert made.getpixel((50, 10))[0] > 200
        assert made.getpixel((50, 90))[0] < 50

    def test_only_the_first_frame_of_a_film_is_looked_at(self):
        frames = [Image.new("RGB", (60, 60), colour) for colour in ("white", *["black"] * 300)]
        kept = BytesIO()
        frames[0].save(kept, "GIF", save_all=True, append_images=frames[1:])

        made = opened(portrait(BytesIO(kept.getvalue())))

        assert getattr(made, "n_frames", 1) == 1
        assert made.getpixel((30, 30))[0] > 200

    def test_a_bomb_is_refused_before_it_is_opened(self):
        bomb = picture((5001, 5000), mode="1")

        with pytest.raises(NotAPicture):
            portrait(BytesIO(bomb))

    @pytest.mark.parametrize(
        "content",
        [b"", b"x", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"BM" + b"\0" * 60,
         picture()[:120], b"\xff\xd8\xff" + b"\0" * 100, b"%PDF-1.4", b"II*\0" + b"\0" * 50],
    )  # fmt: skip
    def test_what_is_no_picture_is_refused(self, content):
        with pytest.raises(NotAPicture):
            portrait(BytesIO(content))

    def test_formats_we_do_not_read_are_refused(self):
        for form in ("BMP", "TIFF", "ICO", "PPM", "PDF", "EPS"):
            with pytest.raises(NotAPicture):
                portrait(BytesIO(picture((30, 30), form=form)))


class TestPhoto:
    def test_a_new_photo_takes_the_old_ones_place(
        self, signed_in, person, settings, django_capture_on_commit_callbacks
    ):
        signed_in.post(reverse("me:photo"), {"photo": upload(picture())})
        with django_capture_on_commit_callbacks(execute=True):
            signed_in.post(reverse("me:photo"), {"photo": upload(picture(), "../../other.php")})

        kept = [path.name for path in (Path(settings.MEDIA_ROOT) / "photos").iterdir()]
        assert kept == [Path(User.objects.get(pk=person.pk).photo.name).name]
        assert kept[0].endswith(".webp")

    def test_what_is_no_picture_is_said_and_the_old_one_stays(self, signed_in, person):
        presenting.set_photo(user=person, upload=BytesIO(picture()))

        response = signed_in.post(reverse("me:photo"), {"photo": upload(b"<svg onload=alert(1)>", "me.svg")})

        assert (response.status_code, list(response.context["photo"].errors)) == (422, ["photo"])
        assert User.objects.get(pk=person.pk).photo.name == person.photo.name

    def test_it_is_removed(self, signed_in, person, settings, django_capture_on_commit_callbacks):
        presenting.set_photo(user=person, upload=BytesIO(picture()))

        with django_capture_on_commit_callbacks(execute=True):
            signed_in.post(reverse("me:photo"), {"remove": "1"})

        assert not User.objects.get(pk=person.pk).photo
        assert list((Path(settings.MEDIA_ROOT) / "photos").iterdir()) == []

    def test_only_employees_see_it_and_nobody_in_between_keeps_it(self, signed_in, client, person):
        presenting.set_photo(user=person, upload=BytesIO(picture()))
        address = reverse("people:photo", args=[person.pk])

        shown = signed_in.get(address)
        again = signed_in.get(address, headers={"If-None-Match": shown["ETag"]})
        client.logout()

        assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/webp", "nosniff")
        assert shown["Cache-Control"] == "private, max-age=600"
        assert opened(b"".join(shown.streaming_content)).size == (512, 512)
        assert (again.status_code, client.get(address).status_code) == (304, 302)

    def test_no_photo_a_lost_file_and_somebody_who_left_are_404(self, signed_in, person):
        gone = factories.person(is_active=False)
        presenting.set_photo(user=gone, upload=BytesIO(picture()))
        lost = factories.person(photo="photos/lost.webp")

        answers = [
            signed_in.get(reverse("people:photo", args=[who.pk])).status_code for who in (person, gone, lost)
        ]

        assert answers == [404, 404, 404]


def test_the_settings_page_stands(signed_in, person):
    person.ask_about.add(factories.topic("Ink"))

    assert signed_in.get(reverse("me:settings")).context["present"].initial["ask_about"] == list(
        person.ask_about.all()
    )
