"""What is counted of requests: routes, outcomes and times, under names that operators rely on."""

from http import HTTPStatus

from prometheus_client.parser import text_string_to_metric_families

from tests.services.api.conftest import Scene

ME = "/api/v1/me"


async def test_each_answer_is_counted_by_route_and_status(scene: Scene) -> None:
    before = await _counted(scene)
    await scene.stack.revision.read("/me")
    for _ in range(2):
        response = await scene.stack.http.get(ME)
        assert response.status_code == HTTPStatus.UNAUTHORIZED
    after = await _counted(scene)
    for name in ("kreislauf_requests_total", "kreislauf_request_duration_seconds_count"):
        assert after[name, ME, "200"] == before.get((name, ME, "200"), 0) + 1
        assert after[name, ME, "401"] == before.get((name, ME, "401"), 0) + 2


async def test_requests_under_way_are_counted_until_they_are_answered(scene: Scene) -> None:
    await scene.stack.revision.read("/me")
    counted = await _counted(scene)
    assert counted["kreislauf_requests_in_progress", ME, "200"] == 0
    assert counted["kreislauf_requests_in_progress", "/metrics", "200"] == 1


async def _counted(scene: Scene) -> dict[tuple[str, str, str], float]:
    """By name, route and status."""
    response = await scene.stack.http.get("/metrics")
    return {
        (sample.name, sample.labels["path"], sample.labels["status_code"]): sample.value
        for family in text_string_to_metric_families(response.text)
        for sample in family.samples
        if sample.name.startswith("kreislauf_request") and "le" not in sample.labels
    }
