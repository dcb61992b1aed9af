"""What one can do in the programme."""

import datetime as dt
from operator import methodcaller
from typing import Any

from schoolapp.desktop.commands import Command, Scope, in_gathering, one_selected
from schoolapp.desktop.places.programme.grid import DAY, STEP
from schoolapp.language import mark


def _move(minutes: dt.timedelta) -> Any:
    return methodcaller("move_chosen", minutes)


COMMANDS = (
    Command(
        "programme.new",
        mark("New session"),
        methodcaller("new_session"),
        mark("Plan a session on the day that is shown."),
        shortcut="Ctrl+N",
        icon="calendar-plus",
        enabled=in_gathering,
    ),
    Command(
        "programme.earlier",
        mark("Move 15 minutes earlier"),
        _move(-STEP),
        mark("Move the chosen session; it keeps its length."),
        shortcut="Alt+Up",
        scope=Scope.LIST,
        enabled=one_selected,
    ),
    Command(
        "programme.later",
        mark("Move 15 minutes later"),
        _move(STEP),
        mark("Move the chosen session; it keeps its length."),
        shortcut="Alt+Down",
        scope=Scope.LIST,
        enabled=one_selected,
    ),
    Command(
        "programme.day_before",
        mark("Move to the day before"),
        _move(-DAY),
        mark("Move the chosen session; it keeps its time. In the day view Alt+Left too."),
        shortcut="Alt+PgUp",
        scope=Scope.LIST,
        enabled=one_selected,
    ),
    Command(
        "programme.day_after",
        mark("Move to the day after"),
        _move(DAY),
        mark("Move the chosen session; it keeps its time. In the day view Alt+Right too."),
        shortcut="Alt+PgDown",
        scope=Scope.LIST,
        enabled=one_selected,
    ),
    Command(
        "programme.clash",
        mark("Next clash"),
        methodcaller("next_clash"),
        mark("Go to the next session that clashes."),
        shortcut="C",
        scope=Scope.LIST,
        icon="triangle-alert",
        enabled=in_gathering,
    ),
    Command(
        "programme.confirm",
        mark("Confirm the session"),
        methodcaller("step_chosen", "confirm"),
        mark("The speaker has agreed and the languages are covered."),
        enabled=one_selected,
    ),
    Command(
        "programme.publish",
        mark("Publish the session"),
        methodcaller("step_chosen", "publish"),
        mark("From now on every change of time or room is told."),
        enabled=one_selected,
    ),
    Command(
        "programme.cancel",
        mark("Cancel the session"),
        methodcaller("cancel_chosen"),
        mark("It stays in the list, struck from everybody's calendar."),
        shortcut="Del",
        scope=Scope.LIST,
        enabled=one_selected,
    ),
    Command(
        "programme.bring_back",
        mark("Bring a cancelled session back"),
        methodcaller("bring_back_chosen"),
        mark("Plans it again as a new session: calendars have forgotten the old one."),
        enabled=one_selected,
    ),
    Command(
        "programme.remove",
        mark("Remove the session"),
        methodcaller("remove_chosen"),
        mark("Removes a session that nobody knows of yet."),
        shortcut="Shift+Del",
        scope=Scope.LIST,
        icon="trash-2",
        enabled=one_selected,
    ),
    Command(
        "programme.view",
        mark("Day by rooms or list"),
        methodcaller("turn_view"),
        mark("Shows the programme the other way."),
        shortcut="V",
        scope=Scope.LIST,
    ),
    Command(
        "programme.week_before",
        mark("Week before"),
        methodcaller("go", -7),
        mark("Shows the same weekday of the week before."),
        shortcut="[",
        scope=Scope.LIST,
        enabled=in_gathering,
    ),
    Command(
        "programme.week_after",
        mark("Week after"),
        methodcaller("go", 7),
        mark("Shows the same weekday of the week after."),
        shortcut="]",
        scope=Scope.LIST,
        enabled=in_gathering,
    ),
    Command(
        "programme.previous_day",
        mark("Day before"),
        methodcaller("go", -1),
        mark("Shows the day before."),
        shortcut=",",
        scope=Scope.LIST,
        enabled=in_gathering,
    ),
    Command(
        "programme.next_day",
        mark("Day after"),
        methodcaller("go", 1),
        mark("Shows the day after."),
        shortcut=".",
        scope=Scope.LIST,
        enabled=in_gathering,
    ),
    Command(
        "programme.push",
        mark("Push to a calendar server"),
        methodcaller("push"),
        mark("Make a calendar of Nextcloud, Radicale or another server equal to the programme."),
        icon="upload",
        enabled=in_gathering,
    ),
    Command(
        "programme.room_busy",
        mark("Read a calendar of a room"),
        methodcaller("read_room_calendar"),
        mark("Note from an .ics file when a room is taken; what it says of it is not kept."),
        icon="download",
        enabled=in_gathering,
    ),
    Command(
        "programme.add_room",
        mark("Add a room"),
        methodcaller("new_room"),
        mark("Adds a room or a place for sessions."),
        icon="plus",
        enabled=in_gathering,
    ),
)
