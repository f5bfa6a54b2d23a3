"""What is counted, for `/metrics` in Prometheus's form. No label bears what a person typed."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from typing_extensions import override

from handlers.trace import Trace
from pipeline.errors import ArchiveDown
from storage.figures import post_figures
from storage.fits import LastFit
from storage.store import Store

_SCRAPE_SECONDS = 1.0
# Slack waits for three seconds; a tenth of that feels like at once.
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)


class Metrics:
    """In a registry of its own, so that two bots of one process do not share their figures."""

    def __init__(self, store: Store) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._requests = Counter(
            "pipeline_requests", "Requests by what was asked and what became of it", ("act", "verdict"),
            registry=self._registry,
        )  # fmt: skip
        self._seconds = Histogram(
            "pipeline_answer_seconds", "From a request's receipt to its answer", ("door",),
            buckets=_BUCKETS, registry=self._registry,
        )  # fmt: skip
        self._chores = Gauge(
            "pipeline_chore_success_timestamp_seconds", "When a chore of the heartbeat last succeeded",
            ("chore",), registry=self._registry,
        )  # fmt: skip
        self._troubles = Counter(
            "pipeline_database_errors", "Transactions that the database did not carry out",
            registry=self._registry,
        )  # fmt: skip
        self._registry.register(_Post(store))

    def answered(self, trace: Trace, seconds: float) -> None:
        self._requests.labels(trace.act or "none", trace.verdict).inc()
        self._seconds.labels(trace.door or "none").observe(seconds)

    def not_begun(self) -> None:
        """All threads were busy for as long as Slack waits."""
        self._requests.labels("none", "late").inc()

    def chore_done(self, name: str) -> None:
        self._chores.labels(name).set(datetime.now(UTC).timestamp())

    def database_failed(self) -> None:
        self._troubles.inc()

    def page(self) -> bytes:
        return generate_latest(self._registry)


class _Post(Collector):
    """Asked of the database at each scrape: every copy of the bot tells the same."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @override
    def collect(self) -> Iterator[Metric]:
        up = GaugeMetricFamily("pipeline_database_up", "Whether the database answered this scrape")
        try:
            figures = post_figures(self._store, time.monotonic() + _SCRAPE_SECONDS)
        except ArchiveDown:
            up.add_metric((), 0)
            yield up
            return
        up.add_metric((), 1)
        yield up
        unsent = GaugeMetricFamily(
            "pipeline_outbox_unsent", "Letters and replies that are not sent yet", labels=("state",)
        )
        for state, rows in figures.unsent.items():
            unsent.add_metric((state,), rows)
        yield unsent
        lag = GaugeMetricFamily(
            "pipeline_outbox_lag_seconds", "For how long the oldest due letter has waited"
        )
        lag.add_metric((), figures.lag_seconds)
        yield lag
        yield from _fit(figures.fit)
        taken = GaugeMetricFamily(
            "pipeline_weekly_copy_timestamp_seconds", "When a pipeline was last copied for its week"
        )
        taken.add_metric((), figures.copy.at.timestamp() if figures.copy else 0)
        yield taken


def _fit(fit: LastFit | None) -> Iterator[Metric]:
    """The database's own memory: whichever copy of the bot did it."""
    at = GaugeMetricFamily("pipeline_chances_fitted_timestamp_seconds", "When chances were last found out")
    resolved = GaugeMetricFamily("pipeline_chances_resolved_deals", "Closed deals that chances rest on")
    at.add_metric((), fit.at.timestamp() if fit else 0)
    resolved.add_metric((), fit.resolved if fit else 0)
    yield at
    yield resolved
