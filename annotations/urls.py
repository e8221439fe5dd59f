"""Which page has which address?"""

from django.contrib.auth.views import LoginView, LogoutView
from django.templatetags.static import static
from django.urls import include, path
from django.utils.functional import lazy
from django.views.generic import RedirectView

from annotations.views.agreement import agreement, agreement_csv
from annotations.views.concordance import concordance_csv, concordance_page
from annotations.views.corrections import article_changes, carried
from annotations.views.drafts import job_begin
from annotations.views.guideline import guideline
from annotations.views.health import healthz
from annotations.views.home import home
from annotations.views.jobs import job, job_cancel, job_list, job_problems, job_report, job_resume, job_run_here
from annotations.views.library import library, library_count
from annotations.views.preferences import preferences
from annotations.views.projects import new_project, project
from annotations.views.reader import article
from annotations.views.uploads import upload
from annotations.views.workspace import start, submit, workspace

urlpatterns = [
    path("", home, name="home"),
    path("login/", LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("library/", library, name="library"),
    path("library/count/", library_count, name="library-count"),
    path("articles/<int:pk>/", article, name="article"),
    path("articles/<int:pk>/changes/", article_changes, name="changes"),
    path("projects/new/", new_project, name="new-project"),
    path("projects/<slug:slug>/", project, name="project"),
    path("projects/<slug:slug>/agreement/", agreement, name="agreement"),
    path("projects/<slug:slug>/agreement/<slug:part>.csv", agreement_csv, name="agreement-csv"),
    path("projects/<slug:slug>/concordance/", concordance_page, name="concordance"),
    path("projects/<slug:slug>/concordance.csv", concordance_csv, name="concordance-csv"),
    path("projects/<slug:slug>/guideline/", guideline, name="guideline"),
    path("projects/<slug:slug>/upload/", upload, name="upload"),
    path("projects/<slug:slug>/articles/<int:pk>/start/", start, name="start"),
    path("sets/<int:pk>/", workspace, name="workspace"),
    path("sets/<int:pk>/carried/", carried, name="carried"),
    path("sets/<int:pk>/submit/", submit, name="submit"),
    path("jobs/", job_list, name="jobs"),
    path("jobs/<int:pk>/", job, name="job"),
    path("jobs/<int:pk>/begin/", job_begin, name="job-begin"),
    path("jobs/<int:pk>/cancel/", job_cancel, name="job-cancel"),
    path("jobs/<int:pk>/resume/", job_resume, name="job-resume"),
    path("jobs/<int:pk>/run/", job_run_here, name="job-run-here"),
    path("jobs/<int:pk>/problems/", job_problems, name="job-problems"),
    path("jobs/<int:pk>/report.<slug:name>", job_report, name="job-report"),
    path("preferences/", preferences, name="preferences"),
    path("healthz", healthz, name="healthz"),
    # Asked for by browsers on pages that name no icon, such as the API's.
    path("favicon.ico", RedirectView.as_view(url=lazy(static, str)("icon.svg")), name="favicon"),
    path("api/v1/", include("annotations.api.urls")),
]
