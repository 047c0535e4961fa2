"""B1, roles built in: of the headcount, how many work in a job role whose knowledge flows are in place.

In place: a required topic, a living steward of one, a page everybody may read on one, and words on what the role is
expected to share. It is configuration as it stands today, so it is never computed for a block that is long past.
"""

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from community.contributions.models import ContributionTopic
from community.maturity.groups import Cells
from community.maturity.indicators.definition import Indicator
from community.maturity.windows import Window, shares
from community.organisation.models import JobRole
from community.topics.models import RoleTopic
from profiles.models import User

PAGE = "page"


def with_gaps(roles: QuerySet[JobRole]) -> QuerySet[JobRole]:
    """The roles, each saying `has_topic`, `has_steward` and `has_page`; `expects` it has itself."""
    needed = {"level": RoleTopic.Level.REQUIRED, "role": OuterRef("pk")}
    by_topic = {f"topic__role_topics__{name}": value for name, value in needed.items()}
    by_steward = {f"stewarded_topics__role_topics__{name}": value for name, value in needed.items()}
    topics = RoleTopic.objects.filter(topic__archived_at=None, **needed)
    stewards = User.objects.filter(is_active=True, stewarded_topics__archived_at=None, **by_steward)
    links = ContributionTopic.objects.filter(audience=None, topic__archived_at=None, **by_topic)
    pages = links.filter(contribution__item__kind=PAGE, contribution__item__withdrawn_at=None)
    return roles.annotate(has_topic=Exists(topics), has_steward=Exists(stewards), has_page=Exists(pages))


def built_in() -> set[int]:
    """Ids of the roles that are in place."""
    ready = with_gaps(JobRole.objects.exclude(expects="")).filter(  # type: ignore[misc]  # what it puts on them
        has_topic=True, has_steward=True, has_page=True
    )
    return set(ready.values_list("pk", flat=True))


def measure(window: Window) -> Cells:
    ready = built_in()
    people = window.employed
    return shares(people, {person for person, cell in people.items() if cell.role in ready})


INDICATOR = Indicator(
    id="B1",
    version=1,
    side="processes",
    name=_("Sharing is built into the job roles"),
    means=_(
        "The share of all employees whose job role has a required topic, a topic steward, a page to start from, and words on what it is expected to share."
    ),
    cannot_say=_("It is a matter of preparation. It does not say whether anybody reads or shares."),
    counts=_("employees"),
    measure=measure,
    personal=False,
    has_history=False,
)
