from domain.kernel import Context
from domain.ledger.key import SIGNING_KEY, AdoptKey, KeyAdopted, KeyNotInForce
from tests.domain.county import ADA, MONDAY
from tests.support.scenario import Scenario

key = Scenario(SIGNING_KEY, Context(by=ADA, at=MONDAY))

SECOND = KeyAdopted(vkey="second", retires="first", announcement="note", reason="Jährlich")


def adopt(vkey: str, retires: str) -> AdoptKey:
    return AdoptKey(vkey=vkey, retires=retires, announcement="note", reason="Jährlich")


def test_the_first_key_has_a_successor() -> None:
    key.given().when(adopt("second", "first")).then(SECOND)


def test_a_key_is_adopted_once() -> None:
    key.given(SECOND).when(adopt("second", "first")).then_nothing()


def test_only_the_key_in_force_has_a_successor() -> None:
    third = KeyAdopted(vkey="third", retires="second", announcement="note", reason="Jährlich")
    key.given(SECOND).when(adopt("third", "second")).then(third)
    key.given(SECOND).when(adopt("third", "first")).then_refused(KeyNotInForce, vkey="first")
