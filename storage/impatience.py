"""A server that has gone silent is given up: its own time-outs are of no use then."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from psycopg import Connection, OperationalError
from psycopg.abc import PQGen
from typing_extensions import override

# A little more than a statement may take.
SILENCE_SECONDS = 2.5
Result = TypeVar("Result")


class ImpatientConnection(Connection[Any]):
    """`patience` in seconds; None waits for ever."""

    patience: float | None = SILENCE_SECONDS

    @override
    def wait(self, gen: PQGen[Result], interval: float = 0.1, timeout: float | None = None) -> Result:
        """The one place in which psycopg waits for a server that it is connected to."""
        try:
            return super().wait(gen, interval, timeout or self.patience)
        except OperationalError as error:
            if type(error).__name__ != "_WaitTimeout":
                raise
            self.pgconn.finish()
            raise OperationalError(f"the server has been silent for {self.patience} s") from None


def connect(_dialect: object, _record: object, given: Sequence[Any], named: Mapping[str, Any]) -> object:
    return ImpatientConnection.connect(*given, **named)


def recover(connection: ImpatientConnection | None, _record: object) -> None:
    """Whoever uses the connection next is impatient again."""
    if connection is not None:
        connection.patience = SILENCE_SECONDS
