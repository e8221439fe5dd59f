"""A project's people: who they are, what they do; somebody is added, given another role, removed."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import PasswordResetConfirmView
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations import policy
from annotations.actions import members as actions
from annotations.errors import NewsroomError
from annotations.forms.members import AddForm, CreateForm, RoleForm, welcome_path
from annotations.forms.told import told
from annotations.models import Project, Role, User
from annotations.queries.members import Member, is_last_manager, member_of, members_of
from annotations.views.project_settings import managed_project
from annotations.views.signed import SignedRequest

LINK = "welcome_link"  # in the session until it is shown, once
WELCOME_BACKEND = "django.contrib.auth.backends.ModelBackend"


@login_required
@require_http_methods(["GET", "POST"])
def people(request: SignedRequest, slug: str) -> HttpResponse:
    """Lists the members, adds one by user name, or makes an account for one and shows its link once."""
    project = managed_project(request, slug)
    may_create = policy.can_create_accounts(request.user, project)
    creating = request.method == "POST" and "create" in request.POST
    if creating and not may_create:
        raise PermissionDenied
    add = AddForm(request.POST if request.method == "POST" and not creating else None)
    create = CreateForm(request.POST if creating else None, prefix="new")
    form = create if creating else add
    if form.is_bound and form.is_valid() and _added(request, project, form):
        return redirect("people", slug=slug)
    context = {
        "project": project, "tab": "people", "members": members_of(project), "add": add, "create": create,
        "may_create": may_create, "roles": Role.choices, "link": request.session.pop(LINK, None),
    }  # fmt: skip
    return render(request, "project/people.html", context, status=422 if form.errors else 200)


def _added(request: SignedRequest, project: Project, form: Form) -> bool:
    """Adds whom the form names; False where that was refused, and the form says why."""
    try:
        if isinstance(form, CreateForm):
            joined = actions.create_person(project, by=request.user, **form.cleaned_data)
            _keep_link(request, joined.user)
        else:
            joined = actions.add_person(project, by=request.user, **form.cleaned_data)
            messages.success(request, _("{name} is in the project now.").format(name=joined.user.display_name))
    except NewsroomError as error:
        form.add_error("name", told(error))
        return False
    return True


def _keep_link(request: HttpRequest, user: Any) -> None:
    request.session[LINK] = {"url": request.build_absolute_uri(welcome_path(user)), "name": user.username}


@login_required
@require_http_methods(["GET", "POST"])
def person(request: SignedRequest, slug: str, pk: int) -> HttpResponse:
    """Shows one member and what would become of their work; changes their role, removes them, makes a new link."""
    project = managed_project(request, slug)
    member = member_of(project, user=pk)
    if member is None:
        raise Http404
    if request.method == "POST":
        try:
            _changed(request, member)
        except NewsroomError as error:
            messages.error(request, told(error))
            return redirect("person", slug=slug, pk=pk)
        # Whoever took themselves out of the project, or out of its management, has no business here any more.
        return redirect("people", slug=slug) if policy.can_manage(request.user, project) else redirect("home")
    context = {
        "project": project, "tab": "people", "member": member, "roles": Role.choices,
        "last_manager": is_last_manager(member.membership),
        "may_link": member.invited and policy.may_invite(request.user, member.membership),
    }  # fmt: skip
    return render(request, "project/person.html", context)


def _changed(request: SignedRequest, member: Member) -> None:
    membership = member.membership
    name = membership.user.display_name
    if "remove" in request.POST:
        actions.remove_person(membership, by=request.user)
        messages.success(request, _("{name} is not in the project any more.").format(name=name))
    elif "link" in request.POST:
        if not (member.invited and policy.may_invite(request.user, membership)):
            raise PermissionDenied
        _keep_link(request, membership.user)
    else:
        form = RoleForm(request.POST)
        if form.is_valid():
            actions.change_role(membership, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))


class WelcomeView(PasswordResetConfirmView):
    """Lets a person who was invited choose their password, by the link that holds once, and signs them in."""

    template_name = "registration/welcome.html"
    post_reset_login = True
    post_reset_login_backend = WELCOME_BACKEND
    reset_url_token = "choose"  # noqa: S105  # a word of the address
    success_url = reverse_lazy("home")

    def get_user(self, uidb64: str) -> User | None:
        """Whom the link is for: nobody who has a password, or has since got power over the whole site."""
        user = super().get_user(uidb64)
        barred = user is None or user.is_staff or user.is_superuser or user.has_usable_password()
        return None if barred else user
