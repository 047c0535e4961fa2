"""Common first and last names, combined at random: nobody in particular is meant."""

import random

from community.bundles.demo import script


def draw(rng: random.Random, count: int) -> list[str]:
    """So many different full names; no first name more than twice, so that people can be told apart."""
    first_names, last_names = (" ".join(lines).split() for lines in script.pool("names").values())
    names: dict[str, None] = {}
    for first in rng.sample(first_names * 2, count):
        name = f"{first} {rng.choice(last_names)}"
        while name in names or first == name.split()[1]:
            name = f"{first} {rng.choice(last_names)}"
        names[name] = None
    return list(names)
