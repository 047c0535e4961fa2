"""The figures once more, by brute force and separate code: person by person, event by event, with no set or join in common."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from community.contributions.models import Contribution, ReadingDay
from community.organisation.models import JobRole, Unit
from profiles.models import Assignment, Subscription, User

ZONE = ZoneInfo("Europe/Stockholm")


def figures(indicator, end, window):
    """`{scope: (num, den)}` as `filling` should find them, before anything is hidden."""
    scopes = {("organisation", 0): lambda _unit, _role: True}
    for unit in Unit.objects.all():
        scopes["unit", unit.pk] = lambda u, _role, top=unit: is_under(u, top)
    for held in JobRole.objects.all():
        scopes["role", held.pk] = lambda _u, role, wanted=held: role == wanted
    found = {}
    for scope, inside in scopes.items():
        counted = [hit for unit, role, hit in cases(indicator, end, window) if inside(unit, role)]
        if counted or scope[0] == "organisation":
            found[scope] = (sum(counted), len(counted))
    return found


def is_under(unit, top):
    while unit is not None:
        if unit == top:
            return True
        unit = unit.parent
    return False


def cases(indicator, end, window):
    if indicator in {"R1", "R1W"}:
        yield from questions(indicator, end, window)
        return
    for person in User.objects.all():
        held = main(person, end)
        if held is None:
            continue
        if indicator == "B1":
            yield held.unit, held.role, held.role is not None and in_place(held.role)
        elif 2 * days_employed(person, end, window) >= window:
            hit = taught(person, end, window) and (indicator == "I1" or learned(person, end, window))
            yield held.unit, held.role, hit


def main(person, day):
    held = [
        a
        for a in Assignment.objects.filter(user=person)
        if a.starts_on <= day and (a.ends_on is None or day < a.ends_on)
    ]
    return max(held, key=lambda a: (a.share, a.starts_on, a.pk), default=None)


def days_employed(person, end, window):
    return sum(main(person, end - timedelta(days=back)) is not None for back in range(window))


def inside(moment, end, window):
    return end - timedelta(days=window) < moment.astimezone(ZONE).date() <= end


def counts(row, end, window):
    void = row.withdrawn_at is not None and row.withdrawn_at - row.occurred_at < timedelta(hours=24)
    return inside(row.occurred_at, end, window) and not void and row.audience is None and not row.imported


def taught(person, end, window):
    return any(row.teaches and counts(row, end, window) for row in Contribution.objects.filter(actor=person))


def learned(person, end, window):
    asked = any(
        row.kind == "question" and counts(row, end, window)
        for row in Contribution.objects.filter(actor=person)
    )
    chose = any(
        s.origin == "own" and s.level != "mute" and inside(s.created_at, end, window)
        for s in Subscription.objects.filter(user=person)
    )
    read = sum(
        end - timedelta(days=window) < day.day <= end for day in ReadingDay.objects.filter(user=person)
    )
    return asked or chose or read >= 2


def questions(indicator, end, window):
    for row in Contribution.objects.filter(kind="question"):
        if counts(row, end - timedelta(days=3), window):
            yield (
                row.actor_unit,
                row.actor_role,
                any(in_time(indicator, row, answer) for answer in row.item.contributions.all()),
            )


def in_time(indicator, question, answer):
    if (
        answer.kind != "answer"
        or answer.withdrawn_at
        or answer.actor == question.actor
        or answer.occurred_at < question.occurred_at
    ):
        return False
    if indicator == "R1":
        return answer.occurred_at - question.occurred_at < timedelta(hours=24)
    asked, answered = question.occurred_at.astimezone(ZONE).date(), answer.occurred_at.astimezone(ZONE).date()
    working = [asked + timedelta(days=n) for n in range(1, 5) if (asked + timedelta(days=n)).isoweekday() < 6]
    return answered <= working[0]


def in_place(role):
    needed = [
        link.topic
        for link in role.role_topics.all()
        if link.level == "required" and link.topic.archived_at is None
    ]
    steward = any(person.is_active for topic in needed for person in topic.stewards.all())
    page = any(
        link.contribution.item.kind == "page"
        and link.audience is None
        and link.contribution.item.withdrawn_at is None
        for topic in needed
        for link in topic.contribution_topics.all()
    )
    return bool(needed and steward and page and role.expects)
