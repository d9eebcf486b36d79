"""A file with the results of many classes: checked whole, then handed in class by class."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import islice
from uuid import UUID, uuid5

import msgspec

from domain.assessments.commands import class_id
from domain.assessments.commands_class import RecordResults
from domain.assessments.definition import Definition
from domain.assessments.round import Plan
from domain.kernel import NAMESPACE
from services.catalogues.catalogue import catalogues
from services.eventstore.database import Pool
from services.identity.principal import Principal
from services.importers.faults import Fault
from services.operations import Load
from services.orders import Order
from services.results_files.county import ClassRows, CountyExpected, read_county

BATCH = 64
"""Classes that are read at once, in a thread beside the loop."""
KIND = "county-load"

KNOWN = "select id from training_class where id = any($1) and not withdrawn"


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """How much is in the file, or what is wrong: faults, and names of classes nobody registered."""

    rows: int
    classes: int
    faults: tuple[Fault, ...]
    unknown: tuple[str, ...]


class CountyLoad(msgspec.Struct, frozen=True, kw_only=True):
    """A file in memory, who sends it, and the round it belongs to.

    `colleges`: the sender's colleges by key and school number.
    """

    file: BytesIO
    plan: Plan
    definition: Definition
    colleges: Mapping[str, str]
    principal: Principal
    correlation: str
    today: date
    reason: str = ""

    async def check(self, pool: Pool) -> Checked:
        """Read all of it once, so that what can be known before is known before."""
        rows, names, faults = await asyncio.to_thread(self._check)
        ids = {self._id(college, name): name for college, name in names}
        found = {row["id"] for row in await pool.fetch(KNOWN, list(ids))}
        unknown = tuple(name for this, name in ids.items() if this not in found)
        return Checked(
            rows=rows, classes=len(names), faults=tuple(faults), unknown=() if faults else unknown
        )

    def as_load(self, operation: UUID, checked: Checked) -> Load:
        """The load to start."""
        return Load(
            id=operation,
            account=self.principal.account,
            kind=KIND,
            round=self.plan.round,
            rows=checked.rows,
            classes=checked.classes,
            batches=lambda: self._batches(operation),
        )

    def _check(self) -> tuple[int, list[tuple[str, str]], list[Fault]]:
        rows, names, faults = 0, list[tuple[str, str]](), list[Fault]()
        for found in self._read():
            if isinstance(found, Fault):
                faults.append(found)
            else:
                rows += len(found.rows)
                names.append((found.college, found.training_class))
        return rows, names, faults

    async def _batches(self, operation: UUID) -> AsyncIterator[Sequence[Order]]:
        found = self._read()
        while some := await asyncio.to_thread(_next, found):
            yield [self._order(operation, one) for one in some]

    def _read(self) -> Iterator[ClassRows | Fault]:
        self.file.seek(0)
        expected = CountyExpected(
            definition=self.definition,
            school_year=self.plan.school_year,
            colleges=self.colleges,
            today=self.today,
            accommodations=catalogues().accommodations,
        )
        return read_county(self.file, "", expected)

    def _order(self, operation: UUID, found: ClassRows) -> Order:
        this = self._id(found.college, found.training_class)
        return Order(
            command=RecordResults(
                training_class=this, round=self.plan.round, rows=found.rows, reason=self.reason
            ),
            command_id=uuid5(NAMESPACE, f"{operation}/{this}"),
            principal=self.principal,
            at=datetime.now(UTC),
            correlation=self.correlation,
        )

    def _id(self, college: str, name: str) -> UUID:
        return class_id(college, self.plan.school_year, name)


def _next(found: Iterator[ClassRows | Fault]) -> list[ClassRows]:
    """The next classes. The file was checked, so there are no faults."""
    return [one for one in islice(found, BATCH) if isinstance(one, ClassRows)]
