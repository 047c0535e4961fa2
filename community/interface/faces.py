"""A face for everybody: initials and a hue that stay the same wherever the person or the topic is met."""

from zlib import crc32

HUES = 12


def hue(key: object) -> int:
    """One of the twelve hues of tokens.css, always the same for a key; neighbours get different ones."""
    return (key * 5 if isinstance(key, int) else crc32(str(key).encode())) % HUES


def initials(name: str) -> str:
    """The first letters of the first and the last name, at most two."""
    words = [word for word in name.split() if word[0].isalnum()]
    chosen = words[:1] + words[1:][-1:]
    return "".join(word[0] for word in chosen).upper()
