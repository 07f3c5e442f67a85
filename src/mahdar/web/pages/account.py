"""Sign in and out, change the password, see where one is signed in."""

from __future__ import annotations

import logging

from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from mahdar.web.middleware import client
from mahdar.web.options import site_options
from mahdar.web.sessions import end_sessions, note_session, sessions_of
from mahdar.web.throttle import BROWSER_AGE, BROWSER_COOKIE, begin_try, know_browser

_log = logging.getLogger("mahdar.safety")


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Let somebody in who knows the password."""
    following = request.POST.get("next") or request.GET.get("next") or "/"
    if not url_has_allowed_host_and_scheme(following, {request.get_host()}):
        following = "/"
    problem, status, name = "", 200, ""
    if request.method == "POST":
        name, password = request.POST.get("name", "")[:150], request.POST.get("password", "")[:4096]
        tried = begin_try(name, client(request), request.COOKIES.get(BROWSER_COOKIE, ""))
        if tried is None:
            problem, status = gettext("Too many tries. Wait a quarter of an hour."), 429
            _log.warning("sign-in held back")
        else:
            user = authenticate(request, username=name, password=password)
            if user is not None:
                login(request, user)
                note_session(request)
                tried.succeeded()
                _log.info("user %s signed in", user.pk)
                return _known(HttpResponseRedirect(following), name)
            _log.warning("sign-in failed")
            problem, status = gettext("Name and password do not belong together."), 403
    context = {"next": following, "problem": problem, "name": name}
    return render(request, "mahdar/sign_in.html", context, status=status)


def _known(response: HttpResponse, name: str) -> HttpResponse:
    """Let this browser be known again: nobody who guesses elsewhere can keep its owner out."""
    response.set_cookie(
        BROWSER_COOKIE, know_browser(name), max_age=BROWSER_AGE, path="/sign-in",
        secure=site_options().secure, httponly=True, samesite="Lax",
    )  # fmt: skip
    return response


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End a session."""
    logout(request)
    return HttpResponseRedirect("/")


@sensitive_post_parameters()
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """Take a new password from somebody who knows the old one; other sessions end."""
    user = request.user
    assert isinstance(user, User)
    form = PasswordChangeForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        update_session_auth_hash(request, user)
        _log.info("user %s changed the password", user.pk)
        _tell_of_change(user)
        return HttpResponseRedirect("/saved")
    return render(request, "mahdar/password.html", {"form": form})


@sensitive_post_parameters()
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Show where somebody is signed in; end it elsewhere for who gives the password again."""
    user = request.user
    assert isinstance(user, User)
    problem, status, ended = "", 200, None
    if request.method == "POST":
        name = user.get_username()
        tried = begin_try(f"session of {name}", client(request))
        if tried is None:
            problem, status = gettext("Too many tries. Wait a quarter of an hour."), 429
        elif not user.check_password(request.POST.get("password", "")[:4096]):
            problem, status = gettext("That is not your password."), 403
        else:
            tried.succeeded()
            mark = request.POST.get("end", "")[:64]
            ended = end_sessions(user, request.session.session_key, [mark] if mark else None)
            _log.info("user %s ended %d sessions", user.pk, ended)
    held = sessions_of(user, request.session.session_key)
    context = {
        "sessions": held, "problem": problem, "ended": ended,
        "elsewhere": any(not each.here for each in held),
    }  # fmt: skip
    return render(request, "mahdar/account.html", context, status=status)


def _tell_of_change(user: User) -> None:
    """Write to somebody whose password was changed: it may have been another."""
    if not user.email:
        return
    message = EmailMessage(
        gettext("Mahdar: your password was changed"),
        gettext(
            "The password of %(name)s at %(site)s was changed. If it was not you, tell whoever"
            " runs the site at once."
        )
        % {"name": user.get_username(), "site": site_options().base},
        to=[user.email],
    )
    try:
        message.send()
    except OSError:  # the change stands all the same
        _log.warning("the notice of a changed password could not be sent")
