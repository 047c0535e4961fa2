"""Typed helpers that turn environment variables into settings; nothing here knows Django's settings module."""

import secrets
from pathlib import Path
from typing import Any

import dj_database_url
from environs import Env

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;"
)


def kept_secret(path: Path) -> str:
    """The secret stored at `path`; made and stored (mode 0600) the first time."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(60))
    return path.read_text().strip()


def database(env: Env, var: Path, *, production: bool) -> dict[str, Any]:
    """Django's database dictionary from `DATABASE_URL`; without it SQLite in `var`, safe for several processes.

    `DATABASE_POOL=true` (web processes only) takes psycopg's pool: Celery closes a pool at every task.
    """
    unset = not env.str("DATABASE_URL", "").strip()  # an empty line in .env is no database
    embedded = f"sqlite:///{var / 'dela.sqlite3'}"
    config: dict[str, Any] = dict(dj_database_url.parse(embedded) if unset else env.dj_db_url("DATABASE_URL"))
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS}
        config["TEST"] = {
            "NAME": str(var / "test.sqlite3")
        }  # a file: --reuse-db spares a developer Wagtail's migrations
        return config
    config["OPTIONS"] = {"options": "-c statement_timeout=15000 -c lock_timeout=5000 -c jit=off"}
    if env.bool("DATABASE_POOL", False):
        config["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 8, "timeout": 5}
    else:
        config["CONN_MAX_AGE"] = 60 if production else 0
        config["CONN_HEALTH_CHECKS"] = True
    return config


def redis_or_files(redis_url: str, var: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """`(CACHES, Celery's broker settings)`: Redis when there is a URL, else the database and a folder in `var`."""
    if redis_url:
        cache: dict[str, Any] = {
            "BACKEND": "community.caching.PatientRedisCache",
            "LOCATION": redis_url,
            "KEY_PREFIX": "dela",
        }
        cache["OPTIONS"] = {"socket_timeout": 1, "socket_connect_timeout": 1}
        return {"default": cache}, {
            "broker_url": redis_url,
            "broker_transport_options": {
                "visibility_timeout": 600,
                "unacked_restore_interval": 10,
                "socket_timeout": 5,
                "socket_connect_timeout": 1,
                "global_keyprefix": "dela:",
            },
        }
    folder = var / "broker"
    for name in ("queue", "control"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    cache = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "house_cache"}
    return {"default": cache}, {
        "broker_url": "filesystem://",
        "broker_transport_options": {
            "data_folder_in": str(folder / "queue"),
            "data_folder_out": str(folder / "queue"),
            "control_folder": str(folder / "control"),
        },
    }
