"""What never stands in a log."""

import logging
import re

_TOKEN = re.compile(r"(/feeds/t/|/digest/off/|/reset/key/|token=)[^/\s\"'&?]+")


class HideTokens(logging.Filter):
    """Masks feed tokens, unsubscribe tokens and reset keys in every log line."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if _TOKEN.search(message):
            record.msg, record.args = _TOKEN.sub(r"\1***", message), ()
        return True
