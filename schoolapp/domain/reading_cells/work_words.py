"""What somebody does in a gathering, as a cell says it: on which list of work, with which task."""

import re

from schoolapp.domain.participation import INTERPRETERS, LECTURERS, STAFF, VOLUNTEERS
from schoolapp.domain.text import words_of

_WORDS = {
    LECTURERS: (
        "lecturer lecturers speaker speakers teacher teachers presenter trainer trainers professor "
        "facilitator docent docenten spreker inleider conférencier conférencière intervenant "
        "intervenante formateur formatrice orateur ponente ponentes profesor profesora docente "
        "conferencista orador oradora palestrante professora formador formadora referent "
        "referentin dozent dozentin tagapagsalita guro مقرر"
    ),
    INTERPRETERS: (
        "interpreter interpreters translator translators interpretation tolk tolken vertaler "
        "interprète interprètes traducteur traductrice intérprete intérpretes traductor traductora "
        "tradutor tradutora dolmetscher dolmetscherin tagasalin مترجم"
    ),
    VOLUNTEERS: (
        "volunteer volunteers vrijwilliger vrijwilligers bénévole bénévoles volontaire voluntario "
        "voluntaria voluntarios voluntária voluntário boluntaryo freiwillige freiwilliger رضاکار"
    ),
    STAFF: (
        "staff team employee personeel medewerker personnel équipe salarié salariée personal "
        "equipo equipe mitarbeiter mitarbeiterin tauhan kawani عملہ"
    ),
}
_LISTS = {words_of(word)[0]: name for name, words in _WORDS.items() for word in words.split()}
_TAKES_PART = frozenset(
    words_of(
        "participant participants participante participantes deelnemer deelnemers deelneemster "
        "teilnehmer teilnehmerin kalahok student students attendee guest applicant camper شریک"
    )
)
_PARTING = re.compile(r"[;,/+&\n|]|\s(?:and|et|y|en|at|und|e)\s", re.IGNORECASE)


def works_in(text: str) -> dict[str, str]:
    """The lists of work that a cell names, each with the task; empty is the list's usual one.

    A task that is on no list by its name ("cook", "door") is that of staff. Who only takes part
    does no work.
    """
    found: dict[str, str] = {}
    for part in _PARTING.split(text):
        words = words_of(part)
        name = next((_LISTS[word] for word in words if word in _LISTS), None)
        if name is None and (not words or _TAKES_PART.intersection(words)):
            continue
        plain = name is not None and len(words) == 1
        found.setdefault(name or STAFF, "" if plain else " ".join(part.split()))
    return found


def is_task(text: str) -> bool:
    """Whether none of the words names a list of work: somebody's task, or their profession."""
    return not any(word in _LISTS for word in words_of(text))
