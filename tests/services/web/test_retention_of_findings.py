"""The file of a finding at the pages: it says what it is, and what its erasure leaves."""

from tests.support.findings import SCARCE, Bundler
from tests.support.reading import visitor_of
from tests.support.stack import Stack


async def test_the_text_of_a_finding_is_found_under_its_own_name_and_can_be_held(
    stack: Stack,
) -> None:
    finding = await Bundler(stack, stack.koordination).reported()
    anna = await visitor_of(stack, "verwaltung")
    path = f"/verwaltung/aufbewahrung/{finding}"
    case = await anna.open(path)
    assert case.headline == "Die Akte von einer Erkenntnis aus Delbrück ist nicht zu löschen"
    assert f"/steuerung/erkenntnisse/{finding}" in case.links
    exported = await anna.ask(f"{path}/ausfuhr")
    assert SCARCE in exported.response.text
    held = await anna.send(case, f"{path}/sperre", reason="Klage 12 K 3/31")
    assert held.headline == "Die Akte von einer Erkenntnis aus Delbrück ist vor Löschung geschützt"
    asked = await anna.open(f"{path}/loeschung")
    assert "dass die Erkenntnis gemeldet wurde" in asked.text
    [lifting] = [form for form in held.forms if form.action.endswith("/aufheben")]
    await anna.send_form(lifting, reason="Urteil")
    why = {"reason": "Eine Person war zu erkennen."}
    erased = await stack.verwaltung.post(f"/subjects/{finding}/erasure", why)
    assert erased.is_success
    gone = await anna.open(path)
    assert gone.headline == "Der Text dieser Erkenntnis ist gelöscht"
