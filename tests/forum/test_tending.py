"""Editing, withdrawing, accepting, thanking: who may, and what the ledger then says."""

from datetime import timedelta

import pytest

from community.contributions import streams
from community.contributions.models import ContentItem, Contribution
from forum import answering, editing, thanking, withdrawing
from forum.models import Post, PostRevision, Thread
from forum.rights import NotAllowed
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def ink():
    return factories.topic("Ink")


@pytest.fixture
def thread(ink):
    return factories.thread(topics=(ink,), community=factories.community(steward=factories.person("Steward")))


@pytest.fixture
def answer(thread):
    return factories.reply(thread)


def community_steward(thread):
    return thread.community.members.get()


def topic_steward(ink):
    steward = factories.person()
    ink.stewards.add(steward)
    return steward


def test_an_edit_keeps_what_was_said_and_tells_the_ledger(answer):
    editing.edit_post(post=answer, by=answer.author, html="<p>Better <i>so</i></p>", now=LATER)

    answer.refresh_from_db()
    assert (answer.html, answer.edited_at) == ("<p>Better so</p>", LATER)
    assert PostRevision.objects.get(post=answer).html == "<p>Like this.</p>"
    assert Contribution.objects.get(kind="answer").excerpt == "Better so"


def test_an_edit_that_changes_nothing_is_no_edit(answer):
    editing.edit_post(post=answer, by=answer.author, html=answer.html, now=LATER)

    answer.refresh_from_db()
    assert (answer.edited_at, PostRevision.objects.count()) == (None, 0)


def test_nobody_edits_the_words_of_others(thread, answer, ink):
    for other in (factories.person(), thread.author, community_steward(thread), topic_steward(ink)):
        with pytest.raises(NotAllowed):
            editing.edit_post(post=answer, by=other, html="<p>x</p>", now=LATER)


def test_new_title_and_topics_reach_the_ledger(thread, answer, ink):
    paper = factories.topic("Paper")

    editing.edit_thread(
        thread=thread, by=thread.author, title="New", topics=[paper], new_topics=["Glue"], now=LATER
    )

    assert ContentItem.objects.get().title == "New"
    assert streams.of_topic(user=thread.author, topic_id=ink.pk).entries == []
    assert len(streams.of_topic(user=thread.author, topic_id=paper.pk).entries) == 2
    assert set(thread.topics.values_list("name", flat=True)) == {"Paper", "Glue"}


def test_stewards_sort_threads_and_others_do_not(thread, ink):
    for steward in (community_steward(thread), topic_steward(ink)):
        editing.edit_thread(thread=thread, by=steward, title="New", topics=[ink], now=LATER)
    with pytest.raises(NotAllowed):
        editing.edit_thread(thread=thread, by=factories.person(), title="x", topics=[ink], now=LATER)


def test_accepting_solves_the_question_and_unaccepting_opens_it(thread, answer):
    answering.accept(post=answer, by=thread.author, now=LATER)
    solved = ContentItem.objects.get().state
    answering.unaccept(thread=thread, by=thread.author, now=LATER)

    thread.refresh_from_db()
    assert (solved, ContentItem.objects.get().state, thread.accepted) == ("solved", "", None)


def test_who_may_accept(thread, answer, ink):
    for allowed in (thread.author, community_steward(thread), topic_steward(ink)):
        answering.accept(post=answer, by=allowed, now=LATER)
    for other in (answer.author, factories.person()):
        with pytest.raises(NotAllowed):
            answering.accept(post=answer, by=other, now=LATER)


def test_only_a_standing_reply_is_accepted(thread, answer):
    withdrawing.withdraw_post(post=answer, by=answer.author, now=LATER)

    for post in (answer, Post.objects.get(position=1)):
        with pytest.raises(ValueError, match="only a reply"):
            answering.accept(post=post, by=thread.author, now=LATER)


def test_a_withdrawn_answer_leaves_a_tombstone_and_comes_back(thread, answer, ink):
    answering.accept(post=answer, by=thread.author, now=LATER)
    withdrawing.withdraw_post(post=answer, by=answer.author, now=LATER)
    thread.refresh_from_db()
    gone = (thread.posts_count, thread.answers_count, thread.accepted, thread.item.state)
    shown = len(streams.of_topic(user=thread.author, topic_id=ink.pk).entries)

    withdrawing.restore_post(post=answer, by=answer.author, now=LATER)

    thread.refresh_from_db()
    assert (gone, shown) == ((1, 0, None, ""), 1)
    assert (thread.posts_count, thread.answers_count) == (2, 1)
    assert len(streams.of_topic(user=thread.author, topic_id=ink.pk).entries) == 2


def test_withdrawing_twice_counts_once(thread, answer):
    for _ in range(2):
        withdrawing.withdraw_post(post=answer, by=answer.author, now=LATER)
    for _ in range(2):
        withdrawing.restore_post(post=answer, by=answer.author, now=LATER)

    thread.refresh_from_db()
    assert (thread.posts_count, thread.answers_count) == (2, 1)
    assert ContentItem.objects.get().contributions_count == 2


def test_who_may_withdraw_and_bring_back(thread, answer, ink):
    steward = topic_steward(ink)
    with pytest.raises(NotAllowed):
        withdrawing.withdraw_post(post=answer, by=thread.author, now=LATER)
    withdrawing.withdraw_post(post=answer, by=steward, now=LATER)
    with pytest.raises(NotAllowed):
        withdrawing.restore_post(post=answer, by=answer.author, now=LATER)
    withdrawing.restore_post(post=answer, by=community_steward(thread), now=LATER)

    answer.refresh_from_db()
    assert answer.deleted_at is None


def test_a_thread_in_which_others_wrote_is_not_its_authors_to_take(thread, answer):
    with pytest.raises(NotAllowed):
        withdrawing.withdraw_thread(thread=thread, by=thread.author, now=LATER)
    withdrawing.withdraw_thread(thread=thread, by=community_steward(thread), now=LATER)

    assert list(Thread.objects.visible_to(thread.author)) == []
    assert list(Post.objects.visible_to(thread.author)) == []
    assert streams.everything(user=thread.author).entries == []


def test_a_thread_of_ones_own_goes_and_takes_no_reply_more(thread):
    withdrawing.withdraw_thread(thread=thread, by=thread.author, now=LATER)

    with pytest.raises(NotAllowed):
        factories.reply(thread)


def test_thanks_count_once_each_and_can_be_taken_back(thread, answer):
    bo, cia = factories.person(), factories.person()
    for user in (bo, bo, cia):
        thanking.thank(post=answer, user=user, now=LATER)
    for _ in range(2):
        thanking.unthank(post=answer, user=cia)

    thread.refresh_from_db()
    answer.refresh_from_db()
    assert (answer.thanks_count, thread.thanks_count, thread.item.thanks_count) == (1, 1, 1)


def test_nobody_thanks_themselves_or_a_tombstone(answer):
    with pytest.raises(NotAllowed):
        thanking.thank(post=answer, user=answer.author, now=LATER)
    withdrawing.withdraw_post(post=answer, by=answer.author, now=LATER)
    answer.refresh_from_db()
    with pytest.raises(NotAllowed):
        thanking.thank(post=answer, user=factories.person(), now=LATER)
