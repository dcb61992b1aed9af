"""What one can do with registers, badges and arrivals."""

from schoolapp.base.language import mark
from schoolapp.desktop.bridge.commands import (
    Command,
    Menu,
    Scope,
    in_gathering,
    one_selected,
    some_selected,
)
from schoolapp.desktop.kit.list_import import ListName, choose_list
from schoolapp.desktop.places.attendance.place import Attendance
from schoolapp.desktop.places.attendance.register import marks
from schoolapp.desktop.places.attendance.register.marks import Mark
from schoolapp.desktop.places.attendance.views import ARRIVALS, CERTIFICATES, DAYS, HEAT, ROLL


def _marking(wanted: Mark, title: str, tip: str, key: str, icon: str) -> Command[Attendance]:
    def note(place: Attendance) -> None:
        place.note(wanted)

    return Command(
        f"attendance.{wanted.key}",
        title,
        note,
        tip,
        Menu.PLACE,
        key,
        Scope.LIST,
        icon,
        some_selected,
    )


MARKING = (
    _marking(marks.PRESENT, mark("Present"), mark("Mark the selected people present."),
             "P", "circle-check"),
    _marking(marks.LATE, mark("Late"),
             mark("Mark the selected people late; if the session is running, they came now."),
             "L", "clock"),
    _marking(marks.LEFT_EARLY, mark("Left early"),
             mark("Note that the selected people left; if the session is running, they"
" left now."),
             "E", "log-out"),
    _marking(marks.ONLINE_PRESENT, mark("Online"),
             mark("Mark the selected people present from elsewhere."), "O", "globe"),
    _marking(marks.EXCUSED, mark("Excused"), mark("Note that the selected people are excused."),
             "X", "info"),
    _marking(marks.ABSENT, mark("Absent"), mark("Mark the selected people absent."),
             "A", "circle-x"),
    _marking(marks.NOT_APPLICABLE, mark("Does not apply"),
             mark("Say that the session is not for the selected people: no stay, no module."),
             "N", "x"),
)  # fmt: skip
WHOLE_REGISTER: tuple[Command[Attendance], ...] = (
    Command(
        "attendance.export", mark("Export…"), Attendance.export,
        mark("Write a report, sign-in sheets, a list or badges; Enter takes the last one again."),
        Menu.FILE, "Ctrl+E", icon="download", enabled=in_gathering,
    ),
    Command(
        "attendance.all_present", mark("All present"), Attendance.all_present,
        mark("Mark everybody present who has no mark yet."),
        Menu.PLACE, "Ctrl+Shift+A", icon="users", enabled=in_gathering,
    ),
    Command(
        "attendance.not_known", mark("Not known"), Attendance.note_nothing,
        mark("Take the selected people off the list of the day (U): nothing is known, not absent."),
        Menu.PLACE, icon="x", enabled=some_selected,
    ),
    Command(
        "attendance.toggle", mark("Present or absent"), Attendance.toggle,
        mark("Present becomes absent, everything else present."),
        Menu.PLACE, "Space", Scope.LIST, "check", some_selected,
    ),
)  # fmt: skip
AROUND_IT: tuple[Command[Attendance], ...] = (
    Command(
        "attendance.direction", mark("Coming or going"), lambda place: place.roll.pane.turn_round(),
        mark("Whether a badge that is read means coming in or going out."),
        Menu.PLACE, "Ctrl+Shift+X", icon="log-out", enabled=in_gathering,
    ),
    Command(
        "attendance.close", mark("Close register"), lambda place: place.roll.register.close(),
        mark("Close this register: from then on changes need a reason. Once more"
" opens it again, with a reason."),
        Menu.PLACE, "Ctrl+Shift+K", icon="lock", enabled=in_gathering,
    ),
    Command(
        "attendance.close_all", mark("Close all registers"), Attendance.close_registers,
        mark("Close the registers of all sessions that are over; certificates wait for it."),
        Menu.PLACE, icon="lock", enabled=in_gathering,
    ),
    Command(
        "attendance.lost", mark("Register lost"), lambda place: place.roll.register.lose(),
        mark("Note that this register is lost, which is not absent; once more"
" when it is found."),
        Menu.PLACE, "Ctrl+Shift+L", icon="file-text", enabled=in_gathering,
    ),
    Command(
        "attendance.heads", mark("Head count"), lambda place: place.roll.register.count_heads(),
        mark("Note how many are in a space that keeps no register."),
        Menu.PLACE, icon="users", enabled=in_gathering,
    ),
    Command(
        "attendance.import",
        mark("Import marks…"),
        lambda place: choose_list(place, ListName.MARKS, place.roll.chosen),
        mark("Import marks taken on paper or by a video call, for the session"
" that is open."),
        icon="upload",
        enabled=in_gathering,
    ),
    Command(
        "attendance.history", mark("History of this register"),
        lambda place: place.roll.register.show_history(),
        mark("What was corrected, by whom, when and why."),
        Menu.PLACE, "Ctrl+Shift+Y", icon="history", enabled=in_gathering,
    ),
    Command(
        "attendance.badges", mark("Give badges"), lambda place: place.roll.register.give_badges(),
        mark("Give a badge with a random code to everybody who has none."),
        Menu.PLACE, icon="user", enabled=in_gathering,
    ),
    Command(
        "attendance.new_badge", mark("New badge"), lambda place: place.roll.register.new_badge(),
        mark("Give the selected person another badge; the lost one no longer works."),
        Menu.PLACE, icon="user", enabled=one_selected,
    ),
    Command(
        "attendance.roll", mark("Roll call"), lambda place: place.view(ROLL),
        mark("Take the register of a session."),
        Menu.PLACE, "Ctrl+Shift+R", icon="clipboard-check",
    ),
    Command(
        "attendance.arrivals", mark("Arrival desk"), lambda place: place.view(ARRIVALS),
        mark("Check people in and out of the gathering."),
        Menu.PLACE, "Ctrl+Shift+D", icon="bed", enabled=in_gathering,
    ),
    Command(
        "attendance.days", mark("Day list"), lambda place: place.view(DAYS),
        mark("Who is on site on a day: for days and camps without registers."),
        Menu.PLACE, "Ctrl+Shift+J", icon="users", enabled=in_gathering,
    ),
    Command(
        "attendance.heat", mark("Heat map"), lambda place: place.view(HEAT),
        mark("How many minutes of each session each person was there."),
        Menu.PLACE, "Ctrl+Shift+M", icon="calendar-days", enabled=in_gathering,
    ),
    Command(
        "attendance.certificates", mark("Certificates"), lambda place: place.view(CERTIFICATES),
        mark("Who has earned a certificate; give them, write them as PDF."),
        Menu.PLACE, icon="circle-check", enabled=in_gathering,
    ),
    Command(
        "attendance.next", mark("Next session"),
        lambda place: place.roll.next_session(),
        mark("Open the next register."), Menu.PLACE, "Alt+Down", icon="chevron-down",
    ),
    Command(
        "attendance.previous", mark("Previous session"),
        lambda place: place.roll.previous_session(),
        mark("Open the register before."), Menu.PLACE, "Alt+Up", icon="chevron-up",
    ),
)  # fmt: skip
COMMANDS = (*WHOLE_REGISTER, *MARKING, *AROUND_IT)
