"""What becomes of what is saved? Lost on the way back, failed, answered by a stranger: as told, then all goes well."""

from collections.abc import Callable

from playwright.sync_api import Page, Request, Route

POSTS = "**/operations/"
NEWS = f"{POSTS}?*"


def deal_out(
    page: Page, fates: list[str], *, to: str = POSTS, only: Callable[[Request], bool] = lambda request: True
) -> None:
    """Gives each request the next fate and takes it off the list; call it before the page opens, or take `intercepted`.

    While fates are left the history is silent: a page whose answer was lost may also learn from it that all is saved,
    and then sends nothing that could meet the next fate.
    """

    def deal(route: Route) -> None:
        fate = fates.pop(0) if fates and route.request.method != "GET" and only(route.request) else "pass"
        if fate == "lost":
            route.fetch()
            route.abort()
        elif fate == "500":
            route.fulfill(status=500, body="")
        elif fate == "wrong":
            route.fulfill(status=200, body='{"version": 1, "results": []}', content_type="application/json")
        elif fate == "hotel":
            route.fulfill(status=200, body="<p>hotel</p>", content_type="text/html")
        else:
            route.continue_()

    page.route(to, deal)
    page.route(NEWS, lambda route: route.abort() if fates else route.continue_())
