"""Bundles made of real material, once for a whole run."""

from pathlib import Path

import pytest

from community.bundles.converters import django_docs, zaragoza
from community.bundles.writing import BundleWriter
from tests.bundles import fetch_corpora


@pytest.fixture(scope="session")
def zaragoza_bundle(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("zaragoza") / "bundle"
    with BundleWriter(path) as bundle:
        zaragoza.convert(bundle=bundle)
    return path


@pytest.fixture(scope="session")
def django_docs_made(tmp_path_factory) -> tuple[Path, django_docs.Outcome]:
    """The bundle of the pinned releases, and what its conversion reported."""
    if fetch_corpora.missing():
        pytest.fail(
            "Django's source distributions are not in var/corpora: python tests/bundles/fetch_corpora.py"
        )
    path = tmp_path_factory.mktemp("django") / "bundle"
    with BundleWriter(path) as bundle:
        sdists = [fetch_corpora.path_of(version) for version in fetch_corpora.SDISTS]
        outcome = django_docs.convert(bundle=bundle, sdists=sdists)
    return path, outcome


@pytest.fixture
def django_docs_bundle(django_docs_made) -> Path:
    return django_docs_made[0]
