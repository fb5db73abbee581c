"""An ssh:// address is taken when it names a machine, and refused before ssh or a shell can misread it."""

from collections.abc import Callable
from typing import Any

import pytest

from owncase.cli.address import BadAddress, read_address


@pytest.mark.parametrize(
    ("url", "target", "flags", "path"),
    [
        ("ssh://desk", "desk", [], ""),
        ("ssh://desk/", "desk", [], ""),
        ("SSH://desk", "desk", [], ""),
        ("ssh://ada@desk.example:2222/srv/team.db", "ada@desk.example", ["-p", "2222"], "/srv/team.db"),
        ("ssh://desk/~/team.db", "desk", [], "~/team.db"),
        ("ssh://desk/~ada/team.db", "desk", [], "~ada/team.db"),
        ("ssh://[::1]:22/x", "::1", ["-p", "22"], "/x"),
        ("ssh://desk/the team/caf%C3%A9%20%25.db", "desk", [], "/the team/café %.db"),
        ("ssh://desk:22/a@b:c", "desk", ["-p", "22"], "/a@b:c"),
    ],
)
def test_an_address_names_a_machine_and_maybe_a_path(url: str, target: str, flags: list[str], path: str) -> None:
    found = read_address(url)
    assert (found.target, found.flags, found.path) == (target, flags, path)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ssh://", "no host"),
        ("ssh:///srv/team.db", "no host"),
        ("ssh://ada@", "no host"),
        ("ssh://-oProxyCommand=reboot/x", "no host that can be given to ssh"),
        ("ssh://desk example", "no host that can be given to ssh"),
        ("ssh://desk;reboot", "no host that can be given to ssh"),
        ("ssh://$(reboot)/x", "no host that can be given to ssh"),
        ("ssh://desk?x=1", "no host that can be given to ssh"),
        ("ssh://ada@dana@desk", "no host that can be given to ssh"),
        ("ssh://[::1]x/y", "no host that can be given to ssh"),
        ("ssh://@desk", "no user that can be given to ssh"),
        ("ssh://-l@desk", "no user that can be given to ssh"),
        ("ssh://a`b`@desk", "no user that can be given to ssh"),
        ("ssh://desk:/x", "a port is a number from 1 to 65535"),
        ("ssh://desk:0", "a port is a number from 1 to 65535"),
        ("ssh://desk:65536", "a port is a number from 1 to 65535"),
        ("ssh://desk:\u0662\u0662", "a port is a number from 1 to 65535"),
        ("ssh://desk/x?y", "%3F is a question mark"),
        ("ssh://desk/x#y", "%23 a hash"),
        ("ssh://desk/50%", "%25 a percent sign"),
        ("ssh://desk/a\nb", "only characters that can be seen"),
        ("ssh://desk/a%00b", "only characters that can be seen"),
        ("ssh://desk/%ff", "only characters that can be seen"),
        ("https://desk/x", "this is no ssh:// address"),
    ],
)
def test_an_address_that_could_be_misread_is_refused(url: str, why: str) -> None:
    with pytest.raises(BadAddress, match=why):
        read_address(url)


@pytest.mark.parametrize("url", ["ssh://ada:s3cret@desk/x", "ssh://ada:s3/cret@desk", "ssh://:s3cret@desk"])
def test_a_password_is_refused_and_not_repeated(url: str, run: Callable[..., Any]) -> None:
    code, stdout, stderr = run("list", "--store", url)
    assert (code, stdout) == (78, "")
    assert stderr.startswith("owncase: an address with a password is not taken")
    assert "s3" not in stderr


def test_the_setting_is_checked_when_it_is_made(run: Callable[..., Any]) -> None:
    assert run("config", "set", "store", "ssh://-x").exit == 78
    assert run("config", "set", "store", "ssh://desk.example").exit == 0
    assert run("config", "get", "store").stdout == "ssh://desk.example\n"


@pytest.mark.parametrize("url", ["postgresql://desk/x", "https://desk/x"])
def test_other_addresses_are_no_stores_yet(url: str, run: Callable[..., Any]) -> None:
    code, _, stderr = run("list", "--store", url)
    assert code == 78
    assert stderr == (
        f"owncase: {url}: no store can be opened there from here — give a path, or ssh://HOST/PATH, to --store\n"
    )
