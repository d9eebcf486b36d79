"""The retention plan: its classes as a county writes them down, checked when they are read."""

import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from domain.retention.classes import Erasing, RetentionClass, Start

Text = Annotated[str, Meta(min_length=1, max_length=500)]
ACCOUNTS = "accounts"
LEARNERS = "learners"
FINDINGS = "findings"
REPORTS = "reports"
HOLDINGS = "holdings"
KINDS = (ACCOUNTS, LEARNERS, FINDINGS, REPORTS, HOLDINGS)


class PlanError(Exception):
    """The plan's file is not right. Says where and what to do."""

    def __init__(self, place: str, trouble: str) -> None:
        super().__init__(
            f"The retention plan {place} is not right: {trouble}. Correct it; what each line means"
            " is explained in docs/howto/retention.md."
        )


class PlanClass(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A class as the file has it."""

    key: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
    title: Text
    title_en: Text
    years: Annotated[int, Meta(ge=0, le=100)]
    start: Start
    offer_to_archive: bool
    archive_days: Annotated[int, Meta(ge=0, le=3660)] = 0
    silence_is_declined: bool = False
    erasing: Erasing = Erasing.CONFIRMED
    rule: Text
    source: Annotated[str, Meta(pattern=r"^(https?://\S+)?$")] = ""
    is_confirmed: bool
    note: Annotated[str, Meta(max_length=2000)] = ""


class PlanFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`subjects` says of which class the file of each kind of person or thing is."""

    subjects: Mapping[str, str]
    classes: tuple[PlanClass, ...]


class RetentionPlan:
    """The classes by key, and which class the files of which kind of person have."""

    def __init__(
        self, classes: Sequence[RetentionClass], subjects: Mapping[str, str], place: str
    ) -> None:
        self.classes = {retained.key: retained for retained in classes}
        self.place = place
        self._subjects = subjects

    def class_of(self, kind: str) -> RetentionClass:
        """The class of the files of this kind, e.g. `accounts`."""
        return self.classes[self._subjects[kind]]


def read_plan(path: Path | None = None) -> RetentionPlan:
    """The plan in the file, or the one that comes with the service. Raises PlanError."""
    place = str(path) if path else "that comes with the service"
    try:
        text = path.read_bytes() if path else _built_in()
        written = msgspec.convert(tomllib.loads(text.decode()), PlanFile)
    except OSError as error:
        raise PlanError(place, f"it cannot be read ({error.strerror})") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise PlanError(place, str(error)) from error
    for trouble in _troubles(written):
        raise PlanError(place, trouble)
    classes = [
        msgspec.convert(msgspec.structs.asdict(each), RetentionClass) for each in written.classes
    ]
    return RetentionPlan(classes, written.subjects, place)


def _built_in() -> bytes:
    return files("services.privacy.retention").joinpath("classes.toml").read_bytes()


def _troubles(plan: PlanFile) -> list[str]:
    keys = [each.key for each in plan.classes]
    troubles = [f"the class {key} is there twice" for key in {k for k in keys if keys.count(k) > 1}]
    troubles += [
        f"[subjects] does not say of which class `{kind}` are"
        for kind in KINDS
        if kind not in plan.subjects
    ]
    troubles += [
        f"[subjects] names the class {key}, which is not there"
        for key in plan.subjects.values()
        if key not in keys
    ]
    for each in plan.classes:
        if each.offer_to_archive and each.archive_days == 0:
            troubles.append(f"{each.key} is offered to the archive, but archive_days is missing")
        if each.silence_is_declined and not each.offer_to_archive:
            troubles.append(f"{each.key} has silence_is_declined, but no offer to the archive")
        if each.erasing is Erasing.AUTOMATIC and not each.is_confirmed:
            troubles.append(
                f"{each.key} erases automatically, but is_confirmed is false: the data protection"
                " officer confirms a class before nobody is asked any more"
            )
    return troubles
