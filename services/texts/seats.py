"""What the seats of a body are called: by the organisation whose they are."""

from collections import Counter
from collections.abc import Mapping


def seat_names(seats: Mapping[str, str], organisations: Mapping[str, str]) -> dict[str, str]:
    """The names of seats by their keys, of which each has the key of its organisation.

    Where an organisation has several seats, the key of the seat tells them apart.
    """
    count = Counter(seats.values())
    names: dict[str, str] = {}
    for seat, organisation in seats.items():
        name = organisations.get(organisation, organisation)
        names[seat] = name if count[organisation] == 1 else f"{name} ({seat})"
    return names
