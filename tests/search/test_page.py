"""The search page."""

import pytest
from django.urls import reverse

from tests import factories
from tests.search.conftest import tell

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("things", [1, 3])
def test_page_costs_six_queries(signed_in, person, things, django_assert_num_queries):
    factories.topic("Fågelholk")
    for n in range(1, things + 1):
        factories.person(f"Fågel {n}")
        tell(n, "<p>Fågel</p>", user=person)

    with django_assert_num_queries(6):
        answer = signed_in.get(reverse("search"), {"q": "fågel"})

    assert len(answer.context["hits"]) == things


def test_empty_place_and_nothing_found_offer_the_act(signed_in):
    empty = signed_in.get(reverse("search"))
    nothing = signed_in.get(reverse("search"), {"q": "<script>alert(1)</script>"})

    assert empty.status_code == 200
    assert f"{reverse('forum:ask')}?title=%3Cscript%3E" in nothing.content.decode()
    assert "<script>alert" not in nothing.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=%27&page=-1",
        "q=a&page=99999",
        "q=%F0%28%8C%28",
        "q=a&kind=people",
        "q=a&topic=%00",
        "q=a&solved=1&kind=%22",
    ],
)
def test_no_address_breaks_it(signed_in, query):
    assert signed_in.get(f"{reverse('search')}?{query}").status_code == 200


def test_signed_out_is_asked_to_sign_in(client):
    assert client.get(reverse("search"), {"q": "a"}).status_code == 302
