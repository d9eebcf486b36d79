"""A body: its seats and the people on them over time, and the editions of its rules."""

from datetime import date, timedelta

import msgspec
import pytest

from domain.directory.errors import UnknownAccount, UnknownOrganisation
from domain.kernel import Actor, Role
from domain.steering.body_commands import (
    AdoptRules,
    AllowNaming,
    AppointPerson,
    CreateSeat,
    EndAppointment,
    EndSeat,
    EstablishBody,
    RenameBody,
    WithdrawNaming,
)
from domain.steering.body_decide import BODY
from domain.steering.body_errors import (
    AlreadyAppointed,
    BasisMissing,
    BodyAlreadyEstablished,
    BodyReasonMissing,
    BodyTitleMissing,
    ConsentIsPersonal,
    EndNotEarlier,
    EndsBeforeItBegins,
    HoldsAnotherVote,
    MalformedBodyKey,
    NotOnBody,
    OutsideSeat,
    RulesInThePast,
    RulesOutOfOrder,
    SeatAlreadyExists,
    SeatHasHolder,
    UnknownAppointment,
    UnknownBody,
    UnknownSeat,
    UnsoundRules,
)
from domain.steering.body_events import (
    AppointmentEnded,
    BodyRenamed,
    Capacity,
    NamingAllowed,
    NamingWithdrawn,
    SeatEnded,
    SeatKind,
)
from domain.steering.body_rules import Number, Rules
from tests.domain.county import MONDAY, STRANGERS, berlin
from tests.domain.steering.body_example import (
    BAMF,
    CARITAS,
    CHAMBER,
    ESTABLISHED,
    FOUNDED,
    GROUP,
    JOBCENTER,
    KREIS,
    RULES,
    SEATED,
    adopted,
    appointed,
    body,
    group,
    seat,
)

TODAY = MONDAY.date()
LAST_OF_APRIL, FIRST_OF_MAY = date(2026, 4, 30), date(2026, 5, 1)
DORA = Actor(account="dora", role=Role.STEERING_MEMBER, organisation=JOBCENTER)

ESTABLISH = EstablishBody(body=GROUP, title="Lenkungsgruppe KIM", since=FOUNDED)
ENDED = AppointmentEnded(
    seat=JOBCENTER, person="dora", capacity=Capacity.HOLDER, since=FOUNDED, until=LAST_OF_APRIL
)
STRICTER = msgspec.structs.replace(RULES, quorum=Number(seats=4))


def appoint(
    key: str,
    person: str,
    capacity: Capacity = Capacity.HOLDER,
    since: date = FIRST_OF_MAY,
    until: date | None = None,
) -> AppointPerson:
    return AppointPerson(
        body=GROUP, seat=key, person=person, capacity=capacity, since=since, until=until
    )


def end(until: date = LAST_OF_APRIL, since: date = FOUNDED) -> EndAppointment:
    return EndAppointment(
        body=GROUP,
        seat=JOBCENTER,
        person="dora",
        capacity=Capacity.HOLDER,
        since=since,
        until=until,
    )


def adopt(
    rules: Rules = STRICTER, valid_from: date = TODAY, basis: str = "Geschäftsordnung"
) -> AdoptRules:
    return AdoptRules(body=GROUP, valid_from=valid_from, rules=rules, basis=basis)


def test_a_body_is_established_once() -> None:
    body.given().when(ESTABLISH).then(ESTABLISHED)
    body.given(ESTABLISHED).when(ESTABLISH).then_nothing()
    other = msgspec.structs.replace(ESTABLISH, title="Beirat")
    body.given(ESTABLISHED).when(other).then_refused(BodyAlreadyEstablished, body=GROUP)


def test_a_body_has_a_key_and_a_title() -> None:
    nameless = msgspec.structs.replace(ESTABLISH, title=" ")
    body.given().when(nameless).then_refused(BodyTitleMissing)
    odd = msgspec.structs.replace(ESTABLISH, body="Lenkungs Gruppe")
    body.given().when(odd).then_refused(MalformedBodyKey, key="Lenkungs Gruppe")


def test_nothing_is_asked_of_a_body_that_is_not_there() -> None:
    body.given().when(adopt()).then_refused(UnknownBody, body=GROUP)


def test_a_body_gets_another_title() -> None:
    rename = RenameBody(body=GROUP, title="Steuerungsgruppe")
    renamed = BodyRenamed(title="Steuerungsgruppe")
    body.given(ESTABLISHED).when(rename).then(renamed)
    body.given(ESTABLISHED, renamed).when(rename).then_nothing()


def test_an_organisation_has_a_seat_from_a_day_on() -> None:
    create = CreateSeat(
        body=GROUP,
        seat=KREIS,
        organisation=KREIS,
        kind=SeatKind.MEMBER,
        since=FOUNDED,
    )
    body.given(ESTABLISHED).when(create).then(seat(KREIS))
    body.given(ESTABLISHED, seat(KREIS)).when(create).then_nothing()
    adviser = msgspec.structs.replace(create, kind=SeatKind.ADVISER)
    body.given(ESTABLISHED, seat(KREIS)).when(adviser).then_refused(SeatAlreadyExists, seat=KREIS)
    strange = msgspec.structs.replace(create, organisation=STRANGERS)
    body.given(ESTABLISHED).when(strange).then_refused(UnknownOrganisation)
    backwards = msgspec.structs.replace(create, until=FOUNDED - timedelta(days=1))
    body.given(ESTABLISHED).when(backwards).then_refused(EndsBeforeItBegins)


def test_a_seat_that_ended_has_nobody_on_it() -> None:
    ended = SeatEnded(seat=JOBCENTER, until=LAST_OF_APRIL, reason="Neue Ordnung")
    end_seat = EndSeat(body=GROUP, seat=JOBCENTER, until=LAST_OF_APRIL, reason="Neue Ordnung")
    body.given(*SEATED).when(end_seat).then(ended)
    body.given(*SEATED, ended).when(end_seat).then_nothing()
    state = BODY.replay((*SEATED, ended))
    seats_then, seats_later = state.seats_at(LAST_OF_APRIL), state.seats_at(FIRST_OF_MAY)
    assert JOBCENTER in {one.seat for one in seats_then}
    assert JOBCENTER not in {one.seat for one in seats_later}
    assert state.seats[JOBCENTER].holder_on(FIRST_OF_MAY) is None


def test_a_seat_is_ended_for_a_reason_and_never_made_longer() -> None:
    ended = SeatEnded(seat=JOBCENTER, until=LAST_OF_APRIL, reason="Neue Ordnung")
    silent = EndSeat(body=GROUP, seat=JOBCENTER, until=LAST_OF_APRIL, reason=" ")
    body.given(*SEATED).when(silent).then_refused(BodyReasonMissing)
    later = EndSeat(body=GROUP, seat=JOBCENTER, until=FIRST_OF_MAY, reason="Doch")
    body.given(*SEATED, ended).when(later).then_refused(EndNotEarlier, until="2026-04-30")
    nowhere = EndSeat(body=GROUP, seat="mond", until=FIRST_OF_MAY, reason="Doch")
    body.given(*SEATED).when(nowhere).then_refused(UnknownSeat, seat="mond")


def test_a_job_change_does_not_rewrite_who_sat_there_before() -> None:
    body.given(*SEATED).when(end()).then(ENDED)
    body.given(*SEATED, ENDED).when(appoint(JOBCENTER, "lena")).then(
        appointed(JOBCENTER, "lena", since=FIRST_OF_MAY)
    )
    lena = appointed(JOBCENTER, "lena", since=FIRST_OF_MAY)
    jobcenter = BODY.replay((*SEATED, ENDED, lena)).seats[JOBCENTER]
    assert jobcenter.holder_on(LAST_OF_APRIL) == "dora"
    assert jobcenter.holder_on(FIRST_OF_MAY) == "lena"
    assert jobcenter.capacity_of("dora", FIRST_OF_MAY) is None
    assert jobcenter.deputies_on(FIRST_OF_MAY) == ("emil",)


def test_a_seat_has_one_holder_at_a_time() -> None:
    body.given(*SEATED).when(appoint(JOBCENTER, "lena")).then_refused(SeatHasHolder, seat=JOBCENTER)
    same_day = appoint(JOBCENTER, "lena", since=LAST_OF_APRIL)
    body.given(*SEATED, ENDED).when(same_day).then_refused(SeatHasHolder)
    before = appoint(JOBCENTER, "lena", since=FOUNDED, until=FOUNDED)
    body.given(*SEATED, ENDED).when(before).then_refused(SeatHasHolder)


def test_a_seat_may_have_several_deputies() -> None:
    body.given(*SEATED).when(appoint(JOBCENTER, "lena", Capacity.DEPUTY)).then(
        appointed(JOBCENTER, "lena", Capacity.DEPUTY, since=FIRST_OF_MAY)
    )


@pytest.mark.parametrize("capacity", Capacity)
def test_nobody_sits_twice_on_a_seat_nor_deputises_for_themself(capacity: Capacity) -> None:
    as_dora, as_emil = (appoint(JOBCENTER, person, capacity) for person in ("dora", "emil"))
    body.given(*SEATED).when(as_dora).then_refused(AlreadyAppointed, seat=JOBCENTER)
    body.given(*SEATED, ENDED).when(as_emil).then_refused(AlreadyAppointed, seat=JOBCENTER)


def test_a_person_holds_one_voting_seat() -> None:
    free = (*SEATED, ENDED)
    body.given(*free).when(appoint(JOBCENTER, "fadi")).then_refused(HoldsAnotherVote, seat=CARITAS)
    body.given(*free).when(appoint(JOBCENTER, "fadi", Capacity.DEPUTY)).then(
        appointed(JOBCENTER, "fadi", Capacity.DEPUTY, since=FIRST_OF_MAY)
    )
    body.given(*free).when(appoint(JOBCENTER, "ira")).then(
        appointed(JOBCENTER, "ira", since=FIRST_OF_MAY)
    )
    body.given(*free).when(appoint(JOBCENTER, "hugo")).then(
        appointed(JOBCENTER, "hugo", since=FIRST_OF_MAY)
    )


def test_who_held_a_seat_that_is_gone_may_hold_another() -> None:
    gone = SeatEnded(seat=CARITAS, until=LAST_OF_APRIL, reason="Neue Ordnung")
    body.given(*SEATED, ENDED, gone).when(appoint(JOBCENTER, "fadi")).then(
        appointed(JOBCENTER, "fadi", since=FIRST_OF_MAY)
    )
    one_day_more = appointed(CHAMBER, "lena", since=FIRST_OF_MAY)
    unseated = msgspec.structs.replace(ENDED, seat=CHAMBER, person="gina")
    until_then = SeatEnded(seat=CHAMBER, until=FIRST_OF_MAY, reason="Neue Ordnung")
    body.given(*SEATED, ENDED, unseated, one_day_more, until_then).when(
        appoint(JOBCENTER, "lena")
    ).then_refused(HoldsAnotherVote, seat=CHAMBER)
    still_there = SeatEnded(seat=CARITAS, until=FIRST_OF_MAY, reason="Neue Ordnung")
    body.given(*SEATED, ENDED, still_there).when(appoint(JOBCENTER, "fadi")).then_refused(
        HoldsAnotherVote, seat=CARITAS
    )


def test_nobody_is_appointed_outside_the_time_of_the_seat() -> None:
    early = appoint(BAMF, "lena", Capacity.DEPUTY, since=FOUNDED - timedelta(days=1))
    body.given(*SEATED).when(early).then_refused(OutsideSeat, seat=BAMF)
    short = (ESTABLISHED, seat(CHAMBER, until=LAST_OF_APRIL))
    endless = appoint(CHAMBER, "lena", since=FOUNDED)
    body.given(*short).when(endless).then_refused(OutsideSeat, seat=CHAMBER)
    fitting = appoint(CHAMBER, "lena", since=FOUNDED, until=LAST_OF_APRIL)
    body.given(*short).when(fitting).then(appointed(CHAMBER, "lena", until=LAST_OF_APRIL))


def test_appointed_are_people_with_an_account_on_seats_that_exist() -> None:
    body.given(*SEATED).when(appoint(BAMF, "nobody", Capacity.DEPUTY)).then_refused(UnknownAccount)
    body.given(*SEATED).when(appoint("mond", "lena")).then_refused(UnknownSeat, seat="mond")
    backwards = appoint(BAMF, "lena", Capacity.DEPUTY, until=LAST_OF_APRIL)
    body.given(*SEATED).when(backwards).then_refused(EndsBeforeItBegins)


def test_the_same_appointment_twice_is_no_news() -> None:
    body.given(*SEATED).when(appoint(JOBCENTER, "dora", since=FOUNDED)).then_nothing()


def test_an_appointment_is_ended_once_and_never_made_longer() -> None:
    body.given(*SEATED, ENDED).when(end()).then_nothing()
    body.given(*SEATED, ENDED).when(end(FIRST_OF_MAY)).then_refused(
        EndNotEarlier, until="2026-04-30"
    )
    body.given(*SEATED).when(end(since=FIRST_OF_MAY)).then_refused(
        UnknownAppointment, seat=JOBCENTER, since="2026-05-01"
    )


def test_first_and_last_day_are_part_of_a_time() -> None:
    one_day = msgspec.structs.replace(ENDED, until=FOUNDED)
    state = BODY.replay((*SEATED, one_day))
    jobcenter = state.seats[JOBCENTER]
    assert jobcenter.holder_on(FOUNDED) == "dora"
    assert jobcenter.holder_on(FOUNDED + timedelta(days=1)) is None
    assert jobcenter in state.seats_at(FOUNDED)
    assert state.seats_at(FOUNDED - timedelta(days=1)) == ()


def test_an_appointment_by_mistake_never_took_effect() -> None:
    undone = msgspec.structs.replace(ENDED, until=FOUNDED - timedelta(days=1))
    body.given(*SEATED).when(end(undone.until)).then(undone)
    jobcenter = BODY.replay((*SEATED, undone)).seats[JOBCENTER]
    assert jobcenter.holder_on(FOUNDED) is None
    body.given(*SEATED, undone).when(appoint(JOBCENTER, "lena", since=FOUNDED)).then(
        appointed(JOBCENTER, "lena")
    )


def test_the_first_rules_may_be_from_before_they_were_recorded() -> None:
    body.given(*SEATED).when(adopt(RULES, FOUNDED)).then(adopted())


def test_rules_change_from_a_day_on_and_not_before() -> None:
    body.given(*SEATED, adopted()).when(adopt()).then(adopted(STRICTER, 2, TODAY))
    yesterday = TODAY - timedelta(days=1)
    body.given(*SEATED, adopted()).when(adopt(valid_from=yesterday)).then_refused(
        RulesInThePast, valid_from="2026-03-01"
    )
    state = group(RULES, adopted(STRICTER, 2, TODAY))
    before, then = state.rules_at(yesterday), state.rules_at(TODAY)
    assert before is not None
    assert then is not None
    assert (before.edition, then.edition) == (1, 2)
    assert state.rules_at(FOUNDED - timedelta(days=1)) is None


def test_the_day_is_that_of_the_county() -> None:
    late = berlin(2026, 3, 2, 0, 30)
    body.given(*SEATED, adopted()).when(adopt(), at=late).then(adopted(STRICTER, 2, TODAY))


def test_a_later_edition_does_not_hold_before_the_one_it_follows() -> None:
    second = adopted(STRICTER, 2, FIRST_OF_MAY)
    body.given(*SEATED, adopted(), second).when(adopt(RULES, LAST_OF_APRIL)).then_refused(
        RulesOutOfOrder, valid_from="2026-04-30", edition=2
    )
    body.given(*SEATED, adopted(), second).when(adopt(RULES, FIRST_OF_MAY)).then(
        adopted(RULES, 3, FIRST_OF_MAY)
    )
    state = group(RULES, second, adopted(RULES, 3, FIRST_OF_MAY))
    in_force = state.rules_at(FIRST_OF_MAY)
    assert in_force is not None
    assert in_force.edition == 3


def test_rules_are_sound_and_say_where_they_are_from() -> None:
    unsound = msgspec.structs.replace(RULES, quorum=Number(seats=0))
    body.given(*SEATED).when(adopt(unsound)).then_refused(UnsoundRules)
    body.given(*SEATED).when(adopt(basis=" ")).then_refused(BasisMissing)


def test_the_same_rules_again_are_no_news() -> None:
    body.given(*SEATED, adopted()).when(adopt(RULES, FOUNDED)).then_nothing()


def test_only_the_person_agrees_to_be_named() -> None:
    allow, withdraw = AllowNaming(body=GROUP), WithdrawNaming(body=GROUP)
    allowed = NamingAllowed(person="dora")
    body.given(*SEATED).when(allow, by=DORA).then(allowed)
    body.given(*SEATED, allowed).when(allow, by=DORA).then_nothing()
    body.given(*SEATED, allowed).when(withdraw, by=DORA).then(NamingWithdrawn(person="dora"))
    body.given(*SEATED).when(withdraw, by=DORA).then_nothing()
    body.given(*SEATED).when(allow).then_refused(NotOnBody)
    for_fadi = msgspec.structs.replace(DORA, substitutes="fadi")
    body.given(*SEATED).when(allow, by=for_fadi).then_refused(ConsentIsPersonal)
    assert group(RULES, allowed).named == {"dora"}
    assert group(RULES, allowed, NamingWithdrawn(person="dora")).named == frozenset()
