"""The commands about those who may sign in to the site."""

from __future__ import annotations

import sys

import click

import mahdar
from mahdar.cli.arguments import archive_option, form_option
from mahdar.cli.output import say, write_result


@click.group()
def user() -> None:
    """Say who may sign in to the site: editors add records, all save searches."""


def _password() -> str:
    """Ask for a password, or take the first line of standard input where nobody sits there."""
    if sys.stdin.isatty():
        asked: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
        return asked
    return sys.stdin.readline().rstrip("\r\n")


@user.command("add")
@click.argument("name")
@click.option("--mail", default="", help="Where notices of saved searches go.")
@click.option("--editor", is_flag=True, help="Let them add records.")
@archive_option
def add(name: str, mail: str, editor: bool, archive: str | None) -> None:
    """Let NAME sign in.

    The password is asked for; where standard input is no terminal, it is its first line.
    """
    mahdar.add_user(name, _password(), archive, mail=mail, editor=editor)
    say(f"{name} may sign in", err=True)


@user.command("password")
@click.argument("name")
@archive_option
def password(name: str, archive: str | None) -> None:
    """Give NAME a new password; it is asked for as by `mahdar user add`."""
    mahdar.change_password(name, _password(), archive)
    say(f"{name} has a new password", err=True)


@user.command("remove")
@click.argument("name")
@archive_option
def remove(name: str, archive: str | None) -> None:
    """Let NAME sign in no more; saved searches go too, records stay."""
    mahdar.remove_user(name, archive)
    say(f"{name} may sign in no more", err=True)


@user.command("list")
@form_option
@archive_option
def list_(form: str, archive: str | None) -> None:
    """List who may sign in."""
    held = mahdar.list_users(archive)
    if form == "json":
        write_result(mahdar.as_json(held), None)
        return
    lines = [f"{u.name}  {'editor' if u.editor else 'reader'}  {u.mail}".rstrip() for u in held]
    write_result("".join(f"{line}\n" for line in lines), None)
