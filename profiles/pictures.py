"""A photo of oneself: read once with care, kept as a small square without anything else that was in the file."""

from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

SIDE = 512
MOST_PIXELS = 25_000_000
MOST_BYTES = 10 * 1024 * 1024
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


class NotAPicture(ValueError):
    """The file is no picture that we read, or a dangerous one."""


def portrait(upload: BinaryIO) -> bytes:
    """WebP of at most 512 × 512 pixels, the first frame, upright, without metadata. NotAPicture otherwise."""
    content = upload.read(MOST_BYTES + 1)
    if not content or len(content) > MOST_BYTES:
        raise NotAPicture("empty or too large")
    try:
        return _square(content)
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
    ) as error:
        raise NotAPicture(str(error)) from error


def _square(content: bytes) -> bytes:
    with Image.open(BytesIO(content), formats=FORMATS) as opened:
        width, height = opened.size
        if width * height > MOST_PIXELS or min(width, height) < 1:
            raise NotAPicture("too many pixels")
        opened.draft("RGB", (SIDE * 2, SIDE * 2))  # a JPEG is decoded small at once
        upright = ImageOps.exif_transpose(opened).convert("RGBA")
    side = min(SIDE, *upright.size)
    fitted = ImageOps.fit(upright, (side, side))
    flat = Image.new("RGB", fitted.size, "white")
    flat.paste(fitted, mask=fitted.getchannel("A"))
    kept = BytesIO()
    flat.save(kept, "WEBP", quality=84)
    return kept.getvalue()
