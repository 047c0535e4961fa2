"""A cache that may be gone: while Redis does not answer, nothing is remembered and every page still comes.

Limits count in this cache, so while it is gone nobody is held back by one; health and the log say that it is gone.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError as NotThere
from redis.exceptions import TimeoutError as TooSlow

log = logging.getLogger(__name__)
REST = 5.0  # seconds without another try, so that a page waits for a silent server once at most


class PatientRedisCache(RedisCache):
    """Redis while it answers, an empty cache that keeps nothing while it does not."""

    _quiet_until = 0.0  # of this process: every connection leads to the same server

    def _tried(self, act: Callable[[], Any], otherwise: Any) -> Any:
        if time.monotonic() < PatientRedisCache._quiet_until:
            return otherwise
        try:
            return act()
        except (NotThere, TooSlow) as error:
            PatientRedisCache._quiet_until = time.monotonic() + REST
            log.warning("Redis does not answer (%s); going on without it", type(error).__name__)
            return otherwise

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._tried(lambda: super(PatientRedisCache, self).get(key, default, version), default)

    def get_many(self, keys: Any, version: int | None = None) -> Any:
        return self._tried(lambda: super(PatientRedisCache, self).get_many(keys, version), {})

    def set(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> Any:
        return self._tried(lambda: super(PatientRedisCache, self).set(key, value, *args, **kwargs), None)

    def set_many(self, data: Any, *args: Any, **kwargs: Any) -> Any:
        return self._tried(lambda: super(PatientRedisCache, self).set_many(data, *args, **kwargs), list(data))

    def add(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> Any:
        return self._tried(lambda: super(PatientRedisCache, self).add(key, value, *args, **kwargs), True)

    def touch(self, key: Any, *args: Any, **kwargs: Any) -> Any:
        return self._tried(lambda: super(PatientRedisCache, self).touch(key, *args, **kwargs), False)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> Any:
        return self._tried(lambda: super(PatientRedisCache, self).incr(key, delta, version), delta)

    def has_key(self, key: Any, version: int | None = None) -> Any:
        return self._tried(lambda: super(PatientRedisCache, self).has_key(key, version), False)

    def delete(self, key: Any, version: int | None = None) -> Any:
        return self._tried(lambda: super(PatientRedisCache, self).delete(key, version), False)

    def delete_many(self, keys: Any, version: int | None = None) -> Any:
        return self._tried(lambda: super(PatientRedisCache, self).delete_many(keys, version), None)
