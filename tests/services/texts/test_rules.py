"""The rules of a body in words."""

from domain.steering.body_rules import Majority, Number, Period, Rules, Share
from services.texts.rules import quorum_in_words, rules_in_words

PLAIN = Rules(quorum=Number(seats=5), majority=Majority.CONSENSUS, invitation=Period(days=1))


def test_what_the_rules_do_not_allow_is_said_too() -> None:
    assert rules_in_words(PLAIN, "de") == (
        "beschlussfähig, wenn mindestens so viele stimmberechtigte Sitze vertreten sind: 5;"
        " unbesetzte Sitze zählen dabei mit; Einvernehmen, niemand ist dagegen;"
        " eine Enthaltung ist keine abgegebene Stimme; wer befangen ist, gilt nicht als anwesend;"
        " Einladung spätestens 1 Tag vorher; auch in dringenden Fällen nicht später;"
        " keine Abstimmung im Umlauf"
    )


def test_a_period_is_of_days_or_of_working_days() -> None:
    rules = Rules(
        quorum=PLAIN.quorum,
        majority=Majority.ABSOLUTE,
        invitation=Period(days=14),
        urgent_invitation=Period(days=1, working=True),
        circular=Period(days=10, working=True),
        call=Period(days=42),
        agenda=Period(days=21),
        minutes=Period(days=20, working=True),
        sessions_a_school_year=2,
    )
    told = rules_in_words(rules, "en")
    assert "invitation at the latest 14 days before" in told
    assert "in urgent cases at the latest 1 working day before" in told
    assert told.endswith(
        "vote in writing: 10 working days; call for items 42 days before;"
        " items of the agenda until 21 days before;"
        " minutes released after the session: 20 working days; sessions a school year: 2"
    )


def test_a_share_is_reached_or_exceeded() -> None:
    share = Share(parts=2, of=3)
    assert "mindestens 2/3" in quorum_in_words(share, "de")
    assert "mehr als 1/2" in quorum_in_words(Share(parts=1, of=2, exceeded=True), "de")
