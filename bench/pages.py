"""Requests a second of the pages people open most: one worker, one connection, signed in.

    VAR_DIR=/tmp/bench-var python manage.py migrate && VAR_DIR=… python manage.py load_bundle BUNDLE
    VAR_DIR=/tmp/bench-var python bench/pages.py [--seconds 4]

Works on any database that has people, threads and pages in it (see generate_bundle.py); writes a session and a feed token.
Prints p50 and p95 in milliseconds and bytes beside a fixed calibration loop.
"""

import argparse
import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
import django  # noqa: E402

django.setup()
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from community.contributions.models import ContributionTopic  # noqa: E402
from community.topics.models import Topic  # noqa: E402
from feeds import sources, tokens  # noqa: E402
from forum.models import Thread  # noqa: E402
from profiles import following  # noqa: E402
from profiles.models import User  # noqa: E402
from wiki.models import WikiPage  # noqa: E402


def signed_in(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session.create()
    return f"sessionid={session.session_key}"


def addresses(user: User) -> dict[str, str]:
    topic = Topic.objects.get(pk=ContributionTopic.objects.values_list("topic", flat=True).first())
    open_threads = Thread.objects.filter(item__audience=None, deleted_at=None)
    longest = open_threads.order_by("-posts_count").first()
    usual = open_threads.filter(posts_count__gte=20).order_by("posts_count").first() or longest
    page = WikiPage.objects.visible_to(user).order_by("-pk").first()
    word = usual.title.split()[0]
    return {
        "my flow": "/",
        "thread of 20 posts": usual.get_absolute_url(),
        f"last page of {longest.posts_count} posts": f"{longest.get_absolute_url()}?page={longest.posts_count // 20}",
        "list of threads": "/forum/",
        "wiki page": page.get_absolute_url() if page else "/wiki/",
        "topic hub": topic.get_absolute_url(),
        f"search: {word}": f"/search/?q={quote(word)}",
        "where we stand": "/maturity/",
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def timed(port: int, path: str, headers: dict[str, str], seconds: float, expected: int = 200) -> str:
    connection_ = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    took, size = [], 0
    end = time.perf_counter() + seconds
    for n in range(100_000):
        if time.perf_counter() > end and n > 10:
            break
        began = time.perf_counter()
        connection_.request("GET", path, headers=headers)
        answer = connection_.getresponse()
        size = len(answer.read())
        if answer.status != expected:
            return f"answered {answer.status}"
        if n >= 5:
            took.append((time.perf_counter() - began) * 1000)
    took.sort()
    rate, p95 = 1000 / statistics.mean(took), took[int(len(took) * 0.95)]
    return f"{rate:7.0f}/s   p50 {statistics.median(took):6.1f} ms   p95 {p95:6.1f} ms   {size:7,} bytes"


def etag_of(port: int, path: str) -> str:
    reader = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    reader.request("GET", path)
    answer = reader.getresponse()
    answer.read()
    return answer.headers["ETag"]


def measure(port: int, worker: int, user: User, seconds: float) -> None:
    token = tokens.make(source=sources.Source(user, sources.Form.FLOW), now=timezone.now()).secret
    feed, cookie = f"/feeds/t/{token}/flow.atom", {"Cookie": signed_in(user)}
    began = time.perf_counter()
    sum(range(10_000_000))
    print(
        f"{connection.vendor}; calibration, sum of 10 million: {(time.perf_counter() - began) * 1000:.0f} ms"
    )
    for name, path in addresses(user).items():
        print(f"{name:<32}{timed(port, path, cookie, seconds)}")
    print(f"{'feed of my flow, 200':<32}{timed(port, feed, {}, seconds)}")
    known = {"If-None-Match": etag_of(port, feed)}
    print(f"{'feed of my flow, 304':<32}{timed(port, feed, known, seconds, expected=304)}")
    for child in Path(f"/proc/{worker}/task/{worker}/children").read_text().split():
        lines = Path(f"/proc/{child}/status").read_text().splitlines()
        resident = next(line for line in lines if line.startswith("VmRSS"))
        print(f"{'web worker memory':<32}{int(resident.split()[1]) // 1024} MB")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=4)
    seconds = parser.parse_args().seconds
    call_command("collectstatic", interactive=False, verbosity=0)
    user = User.objects.filter(is_active=True, assignments__isnull=False).order_by("pk").first()
    for topic in Topic.objects.order_by("pk")[:12]:
        following.choose(user=user, target=topic, level="follow", now=timezone.now())
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    server = subprocess.Popen(
        [*command, "--workers", "1", "--blocking-threads", "2", "community.wsgi:application"], cwd=ROOT
    )
    try:
        time.sleep(6)
        measure(port, server.pid, user, seconds)
    finally:
        server.terminate()
        server.wait(20)


if __name__ == "__main__":
    main()
