"""The people who may sign in: made, changed and removed by whoever runs the site."""

from __future__ import annotations

import msgspec
from django.contrib.auth.models import Permission, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from mahdar.errors import ArchiveError


class Account(msgspec.Struct, frozen=True):
    """Somebody who may sign in; an editor may add records."""

    name: str
    mail: str
    editor: bool


def _may_upload() -> Permission:
    return Permission.objects.get(content_type__app_label="web", codename="add_upload")


def add_user(name: str, password: str, *, mail: str = "", editor: bool = False) -> None:
    """Let somebody sign in.

    Args:
        name: to sign in with.
        password: at least 12 characters, not a common one.
        mail: where notices go.
        editor: whether he or she may add records.

    Raises:
        ArchiveError: the name is taken or empty, the password too weak, the address no address.
    """
    user = User(username=name, email=mail)
    if User.objects.filter(username__iexact=name).exists():
        raise ArchiveError(f"{name}: there is a user of that name; choose another")
    try:
        User.username_validator(name)
        if mail:
            validate_email(mail)
        validate_password(password, user)
    except ValidationError as error:
        raise ArchiveError(f"{name}: {' '.join(error.messages)}") from None
    user.set_password(password)
    user.save()
    if editor:
        user.user_permissions.add(_may_upload())


def change_password(name: str, password: str) -> None:
    """Give somebody a new password.

    Raises:
        ArchiveError: there is no such user, or the password is too weak.
    """
    user = _user(name)
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise ArchiveError(f"{name}: {' '.join(error.messages)}") from None
    user.set_password(password)
    user.save()


def remove_user(name: str) -> None:
    """Let somebody sign in no more; saved searches go too, records stay.

    Raises:
        ArchiveError: there is no such user.
    """
    _user(name).delete()


def users() -> list[Account]:
    """Return who may sign in."""
    return [
        Account(user.username, user.email, user.has_perm("web.add_upload"))
        for user in User.objects.order_by("username")
    ]


def _user(name: str) -> User:
    found = User.objects.filter(username=name).first()
    if found is None:
        raise ArchiveError(f"{name}: there is no user of that name; see: mahdar user list")
    return found
