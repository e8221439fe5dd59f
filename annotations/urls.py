"""Which page has which address?"""

from django.contrib.auth.views import LoginView, LogoutView
from django.templatetags.static import static
from django.urls import include, path
from django.utils.functional import lazy
from django.views.decorators.http import require_http_methods, require_safe
from django.views.generic import RedirectView

from annotations.views.account import account, token_revoke
from annotations.views.adjudication import adjudicate, adjudication
from annotations.views.agreement import agreement, agreement_csv
from annotations.views.assigning import assign
from annotations.views.batches import batch_undo
from annotations.views.concordance import concordance_csv, concordance_page
from annotations.views.corrections import article_changes, carried
from annotations.views.dashboard import dashboard, dashboard_csv, dashboard_part
from annotations.views.drafts import job_begin
from annotations.views.guideline import guideline
from annotations.views.guideline_edit import edit_guideline, guideline_changes, guideline_preview
from annotations.views.health import healthz
from annotations.views.history import article_history, set_history
from annotations.views.home import home
from annotations.views.jobs import job, job_cancel, job_list, job_problems, job_report, job_resume, job_run_here
from annotations.views.library import library, library_count
from annotations.views.notifications import bell, notification, notification_read, notifications, notifications_read
from annotations.views.people import WelcomeView, people, person
from annotations.views.preferences import preferences
from annotations.views.project_settings import project_settings
from annotations.views.projects import new_project, project
from annotations.views.reader import article
from annotations.views.releases import release_count, releases
from annotations.views.review import review
from annotations.views.scheme import scheme, scheme_affected, scheme_file, scheme_undo
from annotations.views.selection import release_articles, release_preview
from annotations.views.sign_in import sign_in_again
from annotations.views.uploads import upload
from annotations.views.versions import set_compare, set_restore
from annotations.views.webhooks import delivery_again, webhook, webhooks
from annotations.views.work import move_on, queue_next, start, submit
from annotations.views.workspace import workspace

# Django's own pages of forms would take PUT for POST.
form_only = require_http_methods(["GET", "HEAD", "POST"])

urlpatterns = [
    path("", home, name="home"),
    path("login/", form_only(LoginView.as_view(redirect_authenticated_user=True)), name="login"),
    path("login/again/", sign_in_again, name="sign-in-again"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("welcome/<uidb64>/<token>/", form_only(WelcomeView.as_view()), name="welcome"),
    path("library/", library, name="library"),
    path("library/count/", library_count, name="library-count"),
    path("articles/<int:pk>/", article, name="article"),
    path("articles/<int:pk>/changes/", article_changes, name="changes"),
    path("articles/<int:pk>/history/", article_history, name="article-history"),
    path("projects/new/", new_project, name="new-project"),
    path("projects/<slug:slug>/", project, name="project"),
    path("projects/<slug:slug>/adjudication/", adjudication, name="adjudication"),
    path("projects/<slug:slug>/adjudication/<int:pk>/", adjudicate, name="adjudicate"),
    path("projects/<slug:slug>/agreement/", agreement, name="agreement"),
    path("projects/<slug:slug>/agreement/<slug:part>.csv", agreement_csv, name="agreement-csv"),
    path("projects/<slug:slug>/assign/", assign, name="assign"),
    path("projects/<slug:slug>/batches/<uuid:uid>/undo/", batch_undo, name="batch-undo"),
    path("projects/<slug:slug>/concordance/", concordance_page, name="concordance"),
    path("projects/<slug:slug>/concordance.csv", concordance_csv, name="concordance-csv"),
    path("projects/<slug:slug>/dashboard/", dashboard, name="dashboard"),
    path("projects/<slug:slug>/dashboard/<slug:part>.csv", dashboard_csv, name="dashboard-csv"),
    path("projects/<slug:slug>/dashboard/<slug:part>/", dashboard_part, name="dashboard-part"),
    path("projects/<slug:slug>/guideline/", guideline, name="guideline"),
    path("projects/<slug:slug>/next/", queue_next, name="next"),
    path("projects/<slug:slug>/review/", review, name="review"),
    path("projects/<slug:slug>/settings/", project_settings, name="project-settings"),
    path("projects/<slug:slug>/people/", people, name="people"),
    path("projects/<slug:slug>/people/<int:pk>/", person, name="person"),
    path("projects/<slug:slug>/webhooks/", webhooks, name="webhooks"),
    path("projects/<slug:slug>/webhooks/<int:pk>/", webhook, name="webhook"),
    path("projects/<slug:slug>/webhooks/<int:pk>/deliveries/<uuid:uid>/again/", delivery_again, name="delivery-again"),
    path("projects/<slug:slug>/guideline/edit/", edit_guideline, name="edit-guideline"),
    path("projects/<slug:slug>/guideline/preview/", guideline_preview, name="guideline-preview"),
    path("projects/<slug:slug>/guideline/changes/", guideline_changes, name="guideline-changes"),
    path("projects/<slug:slug>/scheme/", scheme, name="scheme"),
    path("projects/<slug:slug>/scheme/affected/", scheme_affected, name="scheme-affected"),
    path("projects/<slug:slug>/scheme/versions/<int:number>/undo/", scheme_undo, name="scheme-undo"),
    path("projects/<slug:slug>/scheme.json", scheme_file, name="scheme-file"),
    path("projects/<slug:slug>/releases/", releases, name="releases"),
    path("projects/<slug:slug>/releases/count/", release_count, name="release-count"),
    path("projects/<slug:slug>/releases/articles/", release_articles, name="release-articles"),
    path("projects/<slug:slug>/releases/preview/", release_preview, name="release-preview"),
    path("projects/<slug:slug>/upload/", upload, name="upload"),
    path("projects/<slug:slug>/articles/<int:pk>/start/", start, name="start"),
    path("sets/<int:pk>/", workspace, name="workspace"),
    path("sets/<int:pk>/carried/", carried, name="carried"),
    path("sets/<int:pk>/move/", move_on, name="move"),
    path("sets/<int:pk>/compare/", set_compare, name="set-compare"),
    path("sets/<int:pk>/history/", set_history, name="set-history"),
    path("sets/<int:pk>/restore/<int:version>/", set_restore, name="set-restore"),
    path("sets/<int:pk>/submit/", submit, name="submit"),
    path("jobs/", job_list, name="jobs"),
    path("jobs/<int:pk>/", job, name="job"),
    path("jobs/<int:pk>/begin/", job_begin, name="job-begin"),
    path("jobs/<int:pk>/cancel/", job_cancel, name="job-cancel"),
    path("jobs/<int:pk>/resume/", job_resume, name="job-resume"),
    path("jobs/<int:pk>/run/", job_run_here, name="job-run-here"),
    path("jobs/<int:pk>/problems/", job_problems, name="job-problems"),
    path("jobs/<int:pk>/report.<slug:name>", job_report, name="job-report"),
    path("notifications/", notifications, name="notifications"),
    path("notifications/bell/", bell, name="bell"),
    path("notifications/read/", notifications_read, name="notifications-read"),
    path("notifications/<int:pk>/", notification, name="notification"),
    path("notifications/<int:pk>/read/", notification_read, name="notification-read"),
    path("account/", account, name="account"),
    path("account/tokens/<int:pk>/revoke/", token_revoke, name="token-revoke"),
    path("preferences/", preferences, name="preferences"),
    path("healthz", healthz, name="healthz"),
    # Asked for by browsers on pages that name no icon, such as the API's.
    path("favicon.ico", require_safe(RedirectView.as_view(url=lazy(static, str)("icon.svg"))), name="favicon"),
    path("api/v1/", include("annotations.api.urls")),
]
