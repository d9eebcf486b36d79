"""The form for companies: steps without an account and without script, in any language."""

import re
from pathlib import Path

import msgspec
import pytest

from services.settings import Settings
from services.web.reporting.answers import Answers
from services.web.reporting.checking import first_wrong, wrong_on
from services.web.reporting.content import answers_of, content_of, field_of
from services.web.reporting.steps import STEPS, Step, step_of
from services.web.reporting.tongues import Tongue, tongues
from services.web.texts import sentences
from tests.support.report_form import FILLED

DOCS = Path(__file__).parents[3] / "docs"
GERMAN = Tongue(tag="de", name="Deutsch")
WHOLE = Answers({name: list(value) for name, value in FILLED.items()})


def without(*names: str) -> Answers:
    return Answers({name: value for name, value in WHOLE.given.items() if name not in names})


def but(**given: str) -> Answers:
    changed = {name.replace("__", "-"): [value] for name, value in given.items()}
    return Answers({**WHOLE.given, **changed})


def test_every_answer_belongs_to_one_step() -> None:
    for name in WHOLE.given:
        assert step_of(name) is not Step.REVIEW, name


def test_answers_that_are_whole_lead_through_every_step() -> None:
    assert first_wrong(WHOLE, GERMAN) is None


@pytest.mark.parametrize(
    ("name", "step"),
    [
        ("company-name", Step.COMPANY),
        ("group-0-number", Step.LEARNERS),
        ("place-kind", Step.PLACE),
        ("release", Step.CONDITIONS),
        ("contact-email", Step.CONTACT),
    ],
)
def test_what_is_missing_is_said_at_its_field(name: str, step: Step) -> None:
    wrong = wrong_on(step, without(name), GERMAN)
    assert wrong is not None
    assert dict(wrong.fields) == {name: "Hier fehlt noch eine Antwort."}


@pytest.mark.parametrize(
    ("answers", "name"),
    [
        (but(**{"group-0-number": "0"}), "group-0-number"),
        (but(**{"group-0-number": "fünf"}), "group-0-number"),
        (but(**{"group-0-number": "٣"}), "group-0-number"),
        (but(**{"group-0-wanted": "a2"}), "group-0-wanted"),
        (but(**{"times-latest": "06:00"}), "times-latest"),
        (but(start="31.02.2027"), "start"),
        (but(weeks="1000"), "weeks"),
        (but(**{"contact-email": "niemand"}), "contact-email"),
        (but(**{"contact-phone": "bitte nicht"}), "contact-phone"),
        (but(remark="x" * 2001), "remark"),
    ],
)
def test_what_cannot_be_is_found_before_anything_is_sent(answers: Answers, name: str) -> None:
    found = first_wrong(answers, GERMAN)
    assert found is not None
    assert list(found[1].fields) == [name]


def test_who_wants_to_be_called_says_under_which_number() -> None:
    silent = Answers({**without("contact-phone").given, "contact-channel": ["phone"]})
    wrong = wrong_on(Step.CONTACT, silent, GERMAN)
    assert wrong is not None
    assert list(wrong.fields) == ["contact-phone"]


def test_a_group_more_keeps_the_others_and_one_less_moves_them_up() -> None:
    two = Answers({**WHOLE.with_group().given, "group-1-number": ["9"]})
    assert (two.groups, two.text("group-0-number")) == (2, "6")
    one = two.without_group(0)
    assert (one.groups, one.text("group-0-number")) == (1, "9")
    assert one.text("company-name") == WHOLE.text("company-name")


def test_what_is_sent_comes_back_as_it_was_answered() -> None:
    content = content_of(WHOLE)
    again = answers_of(
        {
            **content,
            "company": {"municipality": "", "trade": "", "chamber": "", **content["company"]},
            "contact": {"function": "", "phone": "", **content["contact"]},
            "need": {"start": None, "weeks": None, **content["need"]},
        }
    )
    assert content_of(again) == content


def test_what_was_not_answered_is_not_sent() -> None:
    sent = content_of(without("times-shift", "company-trade", "weeks"))
    assert "trade" not in sent["company"]
    assert "shift" not in sent["need"]["times"]
    assert "weeks" not in sent["need"]


def test_a_fault_of_the_api_is_shown_at_its_question() -> None:
    assert field_of("/content/need/groups/2/wanted") == "group-2-wanted"
    assert field_of("/content/contact/email") == "contact-email"
    assert field_of("/need/times/weekdays/1") == "times-weekdays"
    assert field_of("/remark") == "remark"


def test_each_step_carries_the_answers_of_all_others() -> None:
    for step in STEPS:
        carried = WHOLE.carried(step)
        for name, values in WHOLE.given.items():
            assert (f'"{name}"' in carried) == (step_of(name) is not step), values


def test_a_further_language_is_a_file_and_says_what_it_lacks(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "tlh.toml").write_text(
        'name = "tlhIngan Hol"\ndirection = "rtl"\n'
        '[texts.reporting]\nnext = "tagh"\nstep = "{number} / {of}"\n'
        '[texts.choice.sectors]\nC = "Qap"\n',
        encoding="utf-8",
    )
    known = tongues(msgspec.structs.replace(settings, report_languages=tmp_path))
    assert [one.tag for one in known] == ["de", "en", "tlh"]
    made_up = known[-1]
    assert (made_up.name, made_up.direction) == ("tlhIngan Hol", "rtl")
    assert made_up.say("reporting.next") == "tagh"
    assert made_up.say("reporting.step", number=1, of=7) == "1 / 7"
    assert made_up.say("reporting.back") == "Zurück"
    assert made_up.choice("sectors", "C", "Verarbeitendes Gewerbe") == "Qap"
    assert not made_up.is_complete
    assert all(one.is_complete for one in known[:2])


def test_the_language_of_the_manual_is_one(settings: Settings, tmp_path: Path) -> None:
    manual = (DOCS / "howto" / "embed-the-form.md").read_text(encoding="utf-8")
    [example] = re.findall(r"```toml\n(.*?)```", manual, re.DOTALL)
    (tmp_path / "uk.toml").write_text(example, encoding="utf-8")
    found = tongues(msgspec.structs.replace(settings, report_languages=tmp_path))[-1]
    assert found.tag == "uk"
    assert found.texts.keys() - sentences().keys() == {"choice.sectors.C"}
