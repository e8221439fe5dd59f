"""«My account»: one's own password, language and colours, and the tokens by which programs act for one."""

from uuid import uuid4

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import PasswordChangeForm
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from annotations.actions.tokens import TokenMade, TooManyTokens, make_token, revoke_token
from annotations.forms.account import TokenForm
from annotations.forms.told import told
from annotations.models import User
from annotations.queries.tokens import tokens_of
from annotations.views.signed import SignedRequest

OFFERED_DAYS = "90"


@sensitive_post_parameters()
@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def account(request: SignedRequest) -> HttpResponse:
    """Shows the account; changes the password, or makes a token, by the button that was pressed.

    A token is shown by the answer itself, which nobody keeps; the same form sent again makes no second one.
    """
    sent = request.POST if request.method == "POST" else None
    password = PasswordChangeForm(request.user, sent if sent and "change" in sent else None)
    token = TokenForm(sent if sent and "make" in sent else None, initial={"days": OFFERED_DAYS})
    if password.is_valid():
        password.save()
        update_session_auth_hash(request, password.user)
        messages.success(request, _("Your password is changed."))
        return redirect("account")
    try:
        made = _made(request, token) if token.is_valid() else None
    except TokenMade as error:
        messages.info(request, told(error))
        return redirect("account")
    context = {
        "section": "account", "password": password, "made": made, "tokens": tokens_of(request.user),
        "token": TokenForm(initial={"days": OFFERED_DAYS}) if made else token, "now": timezone.now(),
        "sheet": uuid4(), "languages": User.Language.choices, "themes": User.Theme.choices,
    }  # fmt: skip
    return render(request, "account/account.html", context, status=422 if password.errors or token.errors else 200)


def _made(request: SignedRequest, form: TokenForm) -> dict[str, str] | None:
    """Returns the new token's name and text; None where it was refused, and the form says why. Raises TokenMade."""
    try:
        made, text = make_token(request.user, **form.cleaned_data)
    except TooManyTokens as error:
        form.add_error("name", told(error))
        return None
    return {"name": made.name, "text": text}


@login_required
@require_POST
def token_revoke(request: SignedRequest, pk: int) -> HttpResponse:
    """Takes one of the person's tokens back."""
    if not revoke_token(request.user, pk=pk):
        raise Http404
    messages.success(request, _("The token is taken back: it opens nothing any more."))
    return redirect("account")
