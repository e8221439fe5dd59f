"""Setting a project otherwise by hand: what it does is seen before it is saved, and the day comes from the calendar."""

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Project, ProjectChange
from tests.browser.conftest import SignIn
from tests.factories import Cast, make_article, make_cast


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def test_a_manager_sees_what_a_change_does_and_saves_it(cast: Cast, page: Page, sign_in: SignIn) -> None:
    for number in range(3):
        make_article(cast.project, f"خبر {number}\n\nمتن")
    sign_in(cast.manager)
    page.goto("/projects/test/settings/")
    effects = page.locator("#consequences li")
    expect(effects).to_have_count(0)
    page.get_by_label("شمار برچسب‌زنان هر مقاله").fill("3")
    expect(effects).to_have_text(["۶ جایگاه تازه برای سپردن."])
    page.locator("[name=blind]").uncheck()
    expect(effects).to_have_count(2)
    assert Project.objects.get().overlap == 1
    page.locator("#consequences button").click()
    expect(page.locator(".message.success")).to_be_visible()
    project = Project.objects.get()
    assert (project.overlap, project.blind) == (3, False)
    assert ProjectChange.objects.get().changes == {"overlap": [1, 3], "blind": [True, False]}
    expect(page.locator(".history li")).to_have_count(2)
    page.locator(".days .calendar").click()
    page.locator(".days [role=dialog] [tabindex='0']").press("Enter")
    expect(effects).to_have_count(1)
    page.locator("#consequences button").click()
    expect(page.locator(".history li")).to_have_count(3)
    assert Project.objects.get().deadline is not None
