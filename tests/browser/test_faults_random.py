"""144 short visits with random edits and faults: each edit is in the database once, or was shown as refused."""

import random
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error, Page, Route

from annotations.kinds.touch import Touches
from annotations.models import AnnotationSet, Revision
from annotations.queries.invariants import broken_sets, rebuilt, stored_state
from tests.browser.conftest import SignIn
from tests.factories import TEXT, make_cast, make_set

DRIVER = (Path(__file__).parent / "fault_driver.js").read_text(encoding="utf-8")
SETS, RUNS, STEPS = 4, 9, 12
FAULTS = {"lost request": 3, "lost reply": 3, "500": 2, "twice": 2, "no JSON": 1, "403": 1}
PACK = [*Counter(FAULTS | {"pass": 14}).elements()]


class Weather:
    """What becomes of requests to the operations endpoint: chosen at random, one seed one sequence for each set."""

    def __init__(self, seed: int) -> None:
        self.seed, self.calm, self.seen = seed, set[str](), Counter[str]()
        self.packs: dict[str, list[str]] = {}
        self.dealt = Counter[str]()

    def watch(self, page: Page) -> None:
        """Takes the page's requests in hand."""
        page.route("**/calm/*", lambda route: self._set(route, calm=True))
        page.route("**/storm/*", lambda route: self._set(route, calm=False))
        page.route("**/operations/**", self._strike)

    def _set(self, route: Route, *, calm: bool) -> None:
        (self.calm.add if calm else self.calm.discard)(route.request.url.rpartition("/")[2])
        route.fulfill(status=200, body="ok")

    def _strike(self, route: Route) -> None:
        address = urlsplit(route.request.url)
        work = address.path.split("/")[4]
        fate = "pass" if work in self.calm or "quiet=1" in address.query else self._draw(work)
        self.seen[fate] += 1
        try:
            self._deal(route, fate)
        except Error:  # the visit was over before the answer was there
            self.seen["too late"] += 1

    def _draw(self, work: str) -> str:
        """Returns the next fate from the set's pack, so that each comes in its share however few requests there are."""
        pack = self.packs.setdefault(work, [])
        if not pack:
            pack += random.Random(f"{self.seed} {work} {self.dealt[work]}").sample(PACK, len(PACK))
            self.dealt[work] += 1
        return pack.pop()

    def _deal(self, route: Route, fate: str) -> None:
        if fate == "pass":
            route.continue_()
        elif fate == "lost request":
            route.abort()
        elif fate == "lost reply":
            route.fetch()
            route.abort()
        elif fate == "500":
            route.fulfill(status=500, body="{}", content_type="application/json")
        elif fate == "403":  # the session ended, and somebody signed in again in another tab
            route.fulfill(status=403, body="{}", content_type="application/json")
        elif fate == "twice":
            route.fetch()
            route.fulfill(response=route.fetch())
        else:
            route.fulfill(status=200, body="<html>sign in to the hotel's network</html>", content_type="text/html")


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_lost_on_the_way_each_edit_is_there_once(
    transactional_db: None, page: Page, sign_in: SignIn, expected_errors: list[str], seed: int
) -> None:
    expected_errors += ["Failed to load resource"]
    cast = make_cast()
    works = [make_set(cast, f"{number} {TEXT}") for number in range(SETS)]
    sign_in(cast.annotator)
    weather = Weather(seed)
    weather.watch(page)
    if seed == 3:  # as over plain HTTP, where browsers have no locks: tabs send at once
        page.add_init_script("delete Navigator.prototype.locks")
    page.goto("/library/")
    told = page.evaluate(DRIVER, {
        "seed": seed + 1, "runs": RUNS, "steps": STEPS, "person": cast.annotator.pk,
        "works": [
            {"id": w.pk, "text": w.article.text, "sha256": w.article.text_sha256, "alone": w == works[0]} for w in works
        ],
    })  # fmt: skip
    assert all(weather.seen[fate] for fate in FAULTS)
    for said in told:
        assert (said["wrong"], said["rewound"]) == ([], 0)
        kept = Counter(Revision.objects.filter(annotation_set=said["set"]).values_list("op_id", flat=True))
        assert set(kept.values()) == {1}
        assert set(kept) == (set(said["issued"]) - set(said["refused"])) | set(said["foreign"])
        assert len(said["issued"]) > RUNS * 4
        assert set(said["refused"].values()) <= (MEETING if said["set"] != works[0].pk else set())
        work = AnnotationSet.objects.get(pk=said["set"])
        assert overwritten(work, said["issued"], set(said["foreign"])) == []
        assert rebuilt(work) == stored_state(work)
    assert list(broken_sets()) == []


def overwritten(work: AnnotationSet, seen: dict[str, int], scripts: set[str]) -> list[int]:
    """Returns the page's revisions that changed what a script had changed and the page had not seen.

    `seen` is the version that the page showed when an edit was made, by `op_id`.
    """
    history = list(Revision.objects.filter(annotation_set=work).order_by("version"))
    theirs = [step for step in history if step.op_id in scripts]
    found = []
    for step in history:
        if step.op_id not in seen:
            continue
        unseen = Touches(
            operation
            for other in theirs
            if seen[step.op_id] < other.version < step.version
            for operation in other.operations
        )
        if any(unseen.meet(operation) for operation in step.operations):
            found.append(step.version)
    return found


# What can't be avoided where two hands edit the same thing. One hand alone has nothing refused, whatever is lost.
MEETING = {
    "changed_since", "span_unknown", "relation_unknown", "span_in_use", "end_unknown", "id_taken",
    "article_label_unknown",
}  # fmt: skip
