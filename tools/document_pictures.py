"""Pictures of what is printed, from the practice schools: ``python -m tools.document_pictures``.

Needs ``pdftoppm`` (poppler-utils) on the PATH; writes ``docs/pictures/*.png``.
"""

import subprocess

from schoolapp.base import clock
from schoolapp.base.language import in_language
from schoolapp.exchange import reports as report_files
from schoolapp.exchange.papers import certificates as certificate_files
from schoolapp.exchange.papers import lists_and_badges as paper_files
from schoolapp.operations import certificates, reports
from schoolapp.operations.arrivals import badges
from schoolapp.operations.attendance import lists_and_badges
from schoolapp.operations.gatherings import gathering_row
from schoolapp.storage.opening import open_store
from schoolapp.storage.store import Store
from tools.practice import AT, PICTURES, SCHOOL, practice_database

RESOLUTION = 60  # dots an inch: enough to see the page, small enough to keep
KEPT = ("badges", "report", "sign-in", "sign-in-ur", "certificate-es", "certificate-ur")


def documents(store: Store) -> dict[str, bytes]:
    """Each PDF by the name of its picture."""
    school = store.read(lambda s: gathering_row(s, code=SCHOOL)).id
    seminar = store.read(lambda s: gathering_row(s, code="eco-isb-2027")).id
    store.change("Badges", lambda s: badges.give_badges(s, school))
    made = {
        "badges": paper_files.write_badges(
            *store.read(lambda s: lists_and_badges.badge_faces(s, gathering_id=school)), at=AT
        ),
        "report": report_files.write(
            store.read(lambda s: reports.report_of(s, gathering_id=school, kind="person")), "pdf"
        ),
    }
    for name, key, tag in (("sign-in", school, "en"), ("sign-in-ur", seminar, "ur")):
        with in_language(tag):
            printed = store.read(
                lambda s, key=key: lists_and_badges.sign_in_by_session(s, gathering_id=key)  # type: ignore[misc]
            )
            made[name] = paper_files.write_sign_in(printed.gathering, printed.sheets[:1], at=AT)
    for key in (school, seminar):
        with clock.at(AT):
            store.change(
                "Issue",
                lambda s, key=key: certificates.issue_certificates(s, gathering_id=key),  # type: ignore[misc]
                final=True,
            )
        for one in store.read(lambda s, key=key: certificates.issued(s, gathering_id=key)):  # type: ignore[misc]
            made[f"certificate-{one.language}"] = certificate_files.write_certificate(
                signed=one.signed, native_name=one.native_name, language=one.language
            )
    return made


def main() -> None:
    """Write the pictures again."""
    with practice_database() as path:
        store = open_store(path)
        made = documents(store)
        store.close()
        for name in KEPT:
            pdf = path.with_name(f"{name}.pdf")
            pdf.write_bytes(made[name])
            command = ["pdftoppm", "-png", "-singlefile", "-r", str(RESOLUTION)]
            subprocess.run([*command, str(pdf), str(PICTURES / name)], check=True)  # noqa: S603


if __name__ == "__main__":
    main()
