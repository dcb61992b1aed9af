"""Each field of the large forms is filled by keyboard, in files that were empty.

``ways_in.json`` says which columns each of these tests has to set.
"""

from pathlib import Path

from tests.stories.coordinator import CTRL, KEY, Coordinator
from tests.stories.filling import add_person, fill_every, keep


def test_every_field_of_a_gathering(desk: Coordinator) -> None:
    """Where it is, its ages, who its letters come from; a room away from the venue."""
    desk.run("home.edit")
    panel = desk.place.opened.panel
    panel.form.first_field().setFocus()
    said = {"start_date": "", "end_date": "", "tz": "", "currency": "", "free_days": "",
            "age_from": "16", "age_to": "30", "contact_address": "school@people.org"}  # fmt: skip
    fill_every(desk, panel.form, **said)
    keep(desk, panel.form)
    desk.run("home.edit")
    desk.go_to("Add to Rooms")
    desk.press(KEY.Key_Space)
    fill_every(desk, panel.rooms.form)
    keep(desk, panel.rooms.form)
    panel.modules.list.setCurrentRow(0)
    panel.modules.edit()
    fill_every(desk, panel.modules.form, start="2028-10-22", end="2028-10-23")
    keep(desk, panel.modules.form)
    panel.kept_free.items.add()
    fill_every(desk, panel.kept_free.items.form, start="12:00", end="13:00", date="2028-10-23")
    keep(desk, panel.kept_free.items.form)


def test_every_field_of_a_centre(desk: Coordinator) -> None:
    """Address and languages, and how long it keeps what it knows of people."""
    desk.run("home.centres")
    items = desk.place.centres.items
    items.add()
    said = {"tz": "Europe/Lisbon", "currency": "EUR", "mailbox_address": "lisbon@people.org",
            "retention": "24"}  # fmt: skip
    fill_every(desk, items.form, **said)
    keep(desk, items.form)


def test_every_field_of_work(desk: Coordinator) -> None:
    """An interpreter with a booth and a note, a lecturer with a language."""
    add_person(desk, "Dina Haddad")
    desk.place.table.setFocus()
    desk.press(KEY.Key_Return)
    items = desk.place.panel.work.items
    days = {"first_day": "2028-10-22", "last_day": "2028-10-23"}
    for list_name in ("Interpreter", "Lecturer"):
        items.add()
        fill_every(desk, items.form, list_name=list_name, **days)
        keep(desk, items.form)


def test_every_field_of_a_person_and_their_stay(desk: Coordinator) -> None:
    """The name on badges and in the passport, whom to call; visa and role of the stay."""
    add_person(desk, "Ana Santos")
    desk.place.table.setFocus()
    desk.press(KEY.Key_Return)
    panel = desk.place.panel
    said = {"display_name": "Ana Santos", "born": "", "born_partly": "1990-05", "gender": ""}
    fill_every(desk, panel.form, **said)
    keep(desk, panel.form)
    desk.place.table.setFocus()
    desk.press(KEY.Key_Return)
    fill_every(desk, panel.part_form, first_time="Yes", needs_visa="Yes", role="Volunteer")
    keep(desk, panel.part_form)
    draft = panel.part_form.draft
    assert (draft.needs_visa, draft.role, draft.note) == (True, "volunteer", "Words")


def test_every_field_of_an_application(desk: Coordinator) -> None:
    """What comes on paper, then what the panel knows beyond it: endorsement and a note."""
    desk.go(2, "applications")
    desk.press(KEY.Key_N, CTRL)
    said = {"arrival": "2028-10-21", "departure": "2028-10-28", "consent_on": "2027-02-01"}
    fill_every(
        desk, desk.place.panels.new.form, name="Kwame Mensah", born="1990-02-03", gender="", **said
    )
    keep(desk, desk.place.panels.new.form)
    desk.press(KEY.Key_Escape)
    panel = desk.place.panels.application
    desk.place.table.setFocus()
    desk.run("applications.edit")
    fill_every(desk, panel.form, **said, endorsed_on="2027-02-01")
    keep(desk, panel.form)
    desk.place.table.setFocus()
    desk.run("applications.edit")
    fill_every(desk, panel.applicant, born="", gender="", born_partly="")
    keep(desk, panel.applicant)
    assert panel.form.draft.endorsed_by == panel.form.draft.note == "Words"


def test_every_field_of_a_text(desk: Coordinator) -> None:
    """An edition with pages and address, asked for by a session, not required."""
    desk.window.open_place("readings")
    desk.settle()
    desk.press(KEY.Key_N, CTRL)
    form = desk.place.panels.new.form
    fill_every(
        desk, form, year="1987", web_address="https://books.example.org/one", rights="Public domain"
    )
    keep(desk, form)
    desk.place.table.setFocus()
    desk.press(KEY.Key_A, CTRL)
    desk.run("readings.assign")
    listing = desk.place.body.side.form
    fill_every(desk, listing)
    keep(desk, listing)


def test_every_field_of_a_session(desk: Coordinator) -> None:
    """Link, series, public; without a register."""
    desk.go(4, "programme")
    desk.press(KEY.Key_N, CTRL)
    form = desk.place.panels.form_panel.form
    said = {
        "title": "Film night",
        "start": "",
        "end": "",
        "online_link": "https://meet.example.org/1",
    }
    fill_every(desk, form, **said)
    keep(desk, form)


def test_every_field_of_a_subsidy_and_its_payment(desk: Coordinator) -> None:
    """Note, and the rate of another currency."""
    add_person(desk, "Bo Lind")
    desk.window.open_place("money")
    desk.settle()
    desk.run("money.show_campaigns")
    desk.press(KEY.Key_N, CTRL)
    fill_every(
        desk, desk.place.forms.campaign.form, currency="PHP", goal="", reward="", threshold=""
    )
    keep(desk, desk.place.forms.campaign.form)
    desk.run("money.show_gifts")
    desk.press(KEY.Key_N, CTRL)
    gift = desk.place.body.side.form
    gift.first_field().setFocus()
    fill_every(desk, gift, person_id="", pledged="")
    keep(desk, gift)
    desk.run("money.show_funds")
    desk.press(KEY.Key_N, CTRL)
    fill_every(desk, desk.place.forms.fund.form, currency="EUR")
    keep(desk, desk.place.forms.fund.form)
    desk.run("money.show_subsidies")
    desk.press(KEY.Key_N, CTRL)
    said = {"person_id": "bo", "requested": "100", "granted": "100"}
    fill_every(desk, desk.place.forms.subsidy.form, **said)
    keep(desk, desk.place.forms.subsidy.form)


def test_every_field_of_a_visa(desk: Coordinator, tmp_path: Path) -> None:
    """What a consulate asks, and a letter to it, which takes its number when it is saved."""
    add_person(desk, "Kwame Mensah")
    desk.go(2, "applications")
    desk.run("applications.visas")
    page = desk.place.pages.opened
    page.open_rules()
    desk.settle()
    page.panel.items.add()
    fill_every(desk, page.panel.items.form, nationality="Ghana")
    keep(desk, page.panel.items.form)
    page.table.setFocus()
    desk.press(KEY.Key_Return)
    page.panel.form.first_field().setFocus()
    file = tmp_path / "letter.pdf"
    said = {"name": "Kwame Mensah", "nationality": "Ghana", "starts": "", "ends": "",
            "born": "1990-02-03", "language": "English"}  # fmt: skip
    fill_every(desk, page.panel.form, **said)
    desk.press(KEY.Key_Return, CTRL)
    desk.fill(str(file))
    desk.press(KEY.Key_Return)
    assert file.read_bytes().startswith(b"%PDF")


def test_every_field_of_a_minor(desk: Coordinator) -> None:
    """Papers, the adult on site, the parents at home and what they allow."""
    add_person(desk, "Ana Santos")
    add_person(desk, "Cy Roth")
    desk.place.table.setFocus()
    desk.press(KEY.Key_Return)
    desk.fill_in({"Born": "2015-05-05"})
    desk.save()
    desk.go(2, "applications")
    desk.run("applications.minors")
    page = desk.place.pages.opened
    page.table.setFocus()
    desk.press(KEY.Key_Return)
    fill_every(desk, page.panel.form, guardian_id="Ana Santos", signed_on="2027-02-01")
    keep(desk, page.panel.form)


def test_every_field_of_a_delegation(desk: Coordinator) -> None:
    """Leader, coordinators, numbers of each kind."""
    add_person(desk, "Ana Santos")
    desk.go(2, "applications")
    desk.run("applications.delegations")
    desk.click("New delegation")
    said = {"leader_id": "ana", "announced": "12", "seats": "10", "women": "5",
            "first_timers": "5", "young": "4", "young_age": "18"}  # fmt: skip
    fill_every(desk, desk.place.pages.opened.panel.form, **said)
    keep(desk, desk.place.pages.opened.panel.form)
