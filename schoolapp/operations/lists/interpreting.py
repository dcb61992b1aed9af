"""Interpreters of a list on the lines of a session: from which language into which."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import select

from schoolapp.base.language import mark
from schoolapp.domain.participation import INTERPRETERS, Engagement
from schoolapp.domain.programme import Mode
from schoolapp.domain.reading_cells.languages import read_languages
from schoolapp.domain.scheduling import LineDraft
from schoolapp.domain.spoken import NO_LANGUAGE
from schoolapp.domain.who import Who
from schoolapp.operations.lists.outcomes import Remark
from schoolapp.storage.store import DbSession

INTO_WHAT = mark("It is not clear into which language “{words}” interprets: choose it later.")
_ARROWS = re.compile(r"\s*(?:->|=>|[>→/:–-]|\bto\b|\binto\b|\bvers\b|\bnaar\b)\s*")
Lines = tuple[LineDraft, ...]


class Heard(NamedTuple):
    """An interpreter with what the list says of the languages: in brackets, and what is usual."""

    who: Who
    name: str
    aside: str


class Booths:
    """Puts the interpreters of rows on lines; ``usual`` is the floor where a row has none."""

    def __init__(self, session: DbSession, gathering_id: int, usual: str) -> None:
        self._usual = usual
        works = session.execute(
            select(Engagement.person_id, Engagement.a_language).where(
                Engagement.gathering_id == gathering_id, Engagement.list_name == INTERPRETERS
            )
        )
        self._into: Mapping[int, str | None] = dict(works.all())

    def put(
        self, lines: Lines, floor: str, into: tuple[str, ...], people: Iterable[Heard]
    ) -> tuple[Lines, tuple[Remark, ...]]:
        """The lines with these people on them; what the list does not say stays as it is."""
        source = self._usual if floor == NO_LANGUAGE else floor
        for target in into:
            if target not in (source, *(line.target for line in lines)):
                lines = (*lines, LineDraft(source=source, target=target, mode=Mode.BOOTH))
        remarks = []
        for one in people:
            spoken = self._languages(one, source, into)
            if spoken is None and any(one.who in line.interpreters for line in lines):
                continue  # somebody has said meanwhile into what
            if spoken is None:
                remarks.append(Remark(INTO_WHAT, one.name))
            lines = _with(lines, one.who, spoken)
        return lines, tuple(remarks)

    def _languages(self, one: Heard, source: str, into: tuple[str, ...]) -> tuple[str, str] | None:
        """From what into what somebody interprets, if the list or the team says it."""
        said = read_languages(_ARROWS.sub(", ", one.aside)).languages if one.aside else ()
        own = self._into.get(one.who) if isinstance(one.who, int) else None
        spoken = (source, *said) if len(said) == 1 else said
        if not said:
            spoken = (source, into[0] if len(into) == 1 else own or source)
        if len(spoken) != 2 or spoken[1] in (source, spoken[0]) or NO_LANGUAGE in spoken:
            return None
        return spoken[0], spoken[1]


def _with(lines: Lines, who: Who, spoken: tuple[str, str] | None) -> Lines:
    """Somebody on the line of these languages, or on the one for whoever asks."""
    source, target = spoken or (NO_LANGUAGE, NO_LANGUAGE)
    for number, line in enumerate(lines):
        if (line.source, line.target) == (source, target):
            people = tuple(dict.fromkeys((*line.interpreters, who)))
            return (*lines[:number], replace(line, interpreters=people), *lines[number + 1 :])
    mode = Mode.BOOTH if spoken else Mode.WHISPER
    return (*lines, LineDraft(source=source, target=target, mode=mode, interpreters=(who,)))
