"""A job role: what it needs, where to start, who has it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from community.organisation.models import JobRole
from feeds.rolefacts import facts_of
from profiles.requests import SignedInRequest


@require_GET
def role_page(request: SignedInRequest, slug: str) -> HttpResponse:
    role = get_object_or_404(JobRole, slug=slug)
    facts = facts_of(role, user=request.user, today=timezone.localdate())
    context = {
        "role": role,
        "facts": facts,
        "mine": any(person.pk == request.user.pk for person in facts.people),
        "crumbs": [{"name": _("Topics and job roles"), "url": reverse("topics:list")}],
    }
    return render(request, "feeds/role_page.html", context)
