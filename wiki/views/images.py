"""Images that people uploaded: served to whoever may see their collection, never as open files."""

import mimetypes

from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe
from wagtail.images import get_image_model
from wagtail.models import Collection

SHOWN = {"image/gif", "image/jpeg", "image/png", "image/webp", "image/avif"}


@require_safe
def image(request: HttpRequest, path: str) -> FileResponse:
    """`/media/…` of an image or one of its renditions. 404 for every other file, and for whom the collection is closed."""
    kind = mimetypes.guess_type(path)[0]
    images = get_image_model()
    found = (
        images.objects.filter(Q(file=path) | Q(renditions__file=path)).select_related("collection").first()
    )
    if found is None or kind not in SHOWN or not _open_to(found.collection, request):
        raise Http404
    try:
        response = FileResponse(found.file.storage.open(path), content_type=kind)
    except FileNotFoundError as gone:
        raise Http404 from gone
    response["Cache-Control"] = "private, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _open_to(collection: Collection, request: HttpRequest) -> bool:
    return all(restriction.accept_request(request) for restriction in collection.get_view_restrictions())
