"""How far one has read: a mark that only its owner sees."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from community.contributions import readings
from community.contributions.models import ContentItem
from community.interface.returning import whole_number
from profiles.requests import SignedInRequest

FURTHEST = 2**31 - 1


@require_POST
def mark_read(request: SignedInRequest, item_id: int) -> HttpResponse:
    """?position= is the furthest post that was on the screen; anything odd counts as 0."""
    item = get_object_or_404(ContentItem.objects.visible_to(request.user), pk=item_id)
    position = min(whole_number(request.GET.get("position", "")), FURTHEST)
    readings.mark_read(user=request.user, item=item, now=timezone.now(), position=position)
    return HttpResponse(status=204)
