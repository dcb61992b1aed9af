"""Finding the calendars of a user from the address of a server (RFC 6764)."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.caldav import (
    Away,
    CalendarServer,
    Login,
    discovering,
    find_calendars,
    whole_address,
)
from tests.calendar_server import MADE, PATH, USER, Radicale, calendar_server
from tests.exchange.caldav.test_server import CALENDAR, ENTRY, listed

TASKS = MADE.replace(
    b"</prop>",
    b'<C:supported-calendar-component-set><C:comp name="VTODO"/>'
    b"</C:supported-calendar-component-set></prop>",
).replace(b"Programme", b"Tasks")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Radicale]:
    """A server with two calendars and a list of tasks."""
    with calendar_server(tmp_path) as made:
        assert made.ask("MKCALENDAR", f"/{USER}/tasks/", TASKS)[0] == 201
        other = MADE.replace(b"Programme", "اسکول".encode())
        assert made.ask("MKCALENDAR", f"/{USER}/a%20b/", other)[0] == 201
        yield made


@pytest.mark.parametrize("path", ["", "/", "/.well-known/caldav", f"/{USER}/", PATH])
def test_a_real_server_tells_its_calendars(server: Radicale, path: str) -> None:
    """From its name, its top, its well-known place, the user's folder or a calendar; no tasks."""
    here = f"http://127.0.0.1:{server.port}"
    found = find_calendars(Login(address=here + path, user=USER), "x")
    assert [(one.name, one.address) for one in found] == [
        ("Programme", server.address),
        ("اسکول", f"{here}/{USER}/a%20b/"),
    ]
    with CalendarServer(Login(address=found[1].address, user=USER), "x") as connection:
        assert connection.listing() == {}


WHO = "<current-user-principal><href>/me/</href></current-user-principal>"
HOME = (
    '<C:calendar-home-set xmlns:C="urn:ietf:params:xml:ns:caldav">'
    "<href>https://elsewhere.example.org/cal/</href></C:calendar-home-set>"
)


def found_by(says: Callable[..., CalendarServer], *answers: object) -> list[str]:
    """The names of calendars where a server gives these answers."""
    server = says(*answers)
    login = Login(address=server.address_of("/dav/"), user="me")
    return [one.name for one in find_calendars(login, "x")]


def test_the_places_are_asked_in_their_order(says: Callable[..., CalendarServer]) -> None:
    """What was typed, the well-known place, the top; a server elsewhere never gets the password;
    a calendar without a name has that of its folder.
    """
    who = listed(*(ENTRY.format(href="/", prop=one, status=200) for one in ("<getetag/>", WHO)))
    home = listed(ENTRY.format(href="/me/", prop=HOME, status=200))
    nameless = listed(
        ENTRY.format(href="/cal/a%20b/", prop=CALENDAR, status=200),
        ENTRY.format(href="/cal/x.ics", prop="<getetag>1</getetag>", status=200),
    )
    assert found_by(says, (404, {}, b""), (405, {}, b""), who, home, nameless) == ["a b"]


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ([(401, {}, b"")], "did not let us in"),
        ([(404, {}, b"")] * 3, "no calendar at this address"),
        ([(207, {}, b'<multistatus xmlns="DAV:"/>')] * 3, "No calendars were found"),
        ([listed(ENTRY.format(href="/", prop=WHO, status=200)), listed()], "No calendars were"),
        (
            [
                listed(ENTRY.format(href="/", prop=WHO, status=200)),
                listed(ENTRY.format(href="/me/", prop=HOME, status=200)),
                listed(),
            ],
            "No calendars were found",
        ),
    ],
)
def test_a_server_without_calendars_is_reported(
    says: Callable[..., CalendarServer], answers: list[object], said: str
) -> None:
    """The sentence says what to do then."""
    with pytest.raises(Away, match=said):
        found_by(says, *answers)


def test_the_name_of_a_server_is_an_address() -> None:
    """Encryption is the default; an invalid address is refused before anything is sent."""
    assert whole_address(" cloud.example.org ") == "https://cloud.example.org"
    assert whole_address("http://localhost:5232") == "http://localhost:5232"
    assert whole_address("") == ""
    with pytest.raises(RuleBroken, match="begins with https"):
        discovering.find_calendars(Login(address="", user="me"), "x")
