"""A job role: what it needs, where to start, who has it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from community.organisation.models import JobRole
from feeds.rolefacts import facts_of
from profiles.context_processors import flows_of_request


@require_GET
def role_page(request: HttpRequest, slug: str) -> HttpResponse:
    role = get_object_or_404(JobRole, slug=slug)
    facts = facts_of(role, user=request.user, today=timezone.localdate())
    levels = {flow.pk: flow.level for flow in flows_of_request(request).topics}
    mine = any(person.pk == request.user.pk for person in facts.people)
    return render(request, "feeds/role_page.html", {"role": role, "facts": facts, "levels": levels, "mine": mine})
