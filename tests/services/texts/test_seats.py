"""What seats are called."""

from services.texts.seats import seat_names

ORGANISATIONS = {"jobcenter": "Jobcenter", "ihk": "IHK"}


def test_a_seat_is_called_by_its_organisation() -> None:
    names = seat_names({"jobcenter-1": "jobcenter", "kammer": "ihk"}, ORGANISATIONS)
    assert names == {"jobcenter-1": "Jobcenter", "kammer": "IHK"}


def test_several_seats_of_an_organisation_are_told_apart_by_their_keys() -> None:
    names = seat_names({"ihk": "ihk", "ihk-2": "ihk", "bamf": "bamf"}, ORGANISATIONS)
    assert names == {"ihk": "IHK (ihk)", "ihk-2": "IHK (ihk-2)", "bamf": "bamf"}
