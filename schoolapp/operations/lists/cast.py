"""Who the names of a list are: somebody known, somebody new, or a question; nobody is guessed."""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import select

from schoolapp.base.language import mark
from schoolapp.domain.participation import INTERPRETERS, LECTURERS
from schoolapp.domain.people import Person
from schoolapp.domain.reading_cells.several_names import NamedPerson, names_in
from schoolapp.domain.text import fold, words_of
from schoolapp.domain.who import Who
from schoolapp.operations.lists.outcomes import AlikePerson, AskedName, Remark
from schoolapp.operations.people.editing import SHOWN
from schoolapp.operations.people.engagements import people_here, person_key
from schoolapp.storage.store import DbSession

Named = Mapping[str, Who | None]
"""Folded name to who it is, as somebody decided: a known or a new person, or None for nobody."""
NEW_AS = {
    LECTURERS: mark("“{words}” is not known yet and will be added as a lecturer."),
    INTERPRETERS: mark("“{words}” is not known yet and will be added as an interpreter."),
}
HERE_AS = {
    LECTURERS: mark("“{words}” is known and will be added to this gathering as a lecturer."),
    INTERPRETERS: mark("“{words}” is known and will be added to this gathering as an interpreter."),
}
SEVERAL = mark("Several people are called “{words}”. Choose who it is; until then nobody is added.")
ALIKE = mark(
    "“{words}” may be somebody who is known. Choose who it is; until then nobody is added."
)
NO_NAME = mark(
    "“{words}” may not be a person’s name. Choose who it is; until then nobody is added."
)
NOT_ADDED = mark("“{words}” is not added, as you decided.")


class Cast:
    """The people of a list. A new person whom several rows name is made once."""

    def __init__(self, session: DbSession, gathering_id: int, named: Named) -> None:
        self._session, self._named = session, named
        self._here = set(people_here(session, gathering_id=gathering_id))
        self._by_name: dict[str, list[AlikePerson]] = {}
        self._by_word: dict[str, list[AlikePerson]] = {}
        p = Person
        for row in session.execute(
            select(p.id, p.display_name, p.email, p.country, p.native_name).where(*SHOWN)
        ):
            self._learn(AlikePerson(*row[:4]), filter(None, (row.display_name, row.native_name)))
        self._made: dict[str, int] = {}
        self._announced: set[Who] = set()

    def in_cell(self, text: str, standing: Collection[Who] = ()) -> list[tuple[AskedName, str]]:
        """The people whom a cell names, each with what stands beside the name.

        ``standing`` are people of the thing that the row is about: of several, it is one of them.
        """
        found = names_in(text, lambda name: fold(name) in self._by_name) if text else ()
        return [(self._asked(one, standing), one.aside) for one in found]

    def remark(self, asked: AskedName, list_name: str) -> Remark | None:
        """What is to be said of a name, if anything; that somebody is added is said once."""
        if asked.why:
            return Remark(asked.why, asked.name)
        if asked.who is None:
            return Remark(NOT_ADDED, asked.name)
        is_new = isinstance(asked.who, str)
        key = fold(asked.who) if isinstance(asked.who, str) else asked.who
        if key in self._here or key in self._announced:
            return None
        self._announced.add(key)
        return Remark((NEW_AS if is_new else HERE_AS)[list_name], asked.name)

    def key(self, who: Who) -> int:
        """The person, who is made if need be."""
        if isinstance(who, int):
            return who
        if fold(who) not in self._made:
            self._made[fold(who)] = person_key(self._session, who)
        return self._made[fold(who)]

    def called(self, name: str) -> tuple[AlikePerson, ...]:
        """The known people of this name."""
        return tuple(self._by_name.get(fold(name), ()))

    def names(self, people: Iterable[Who]) -> str:
        """People by name, as a line of changes shows them."""
        known = {one.id: one.name for alike in self._by_name.values() for one in alike}
        return ", ".join(who if isinstance(who, str) else known.get(who, "…") for who in people)

    def _asked(self, one: NamedPerson, standing: Collection[Who]) -> AskedName:
        alike, same = self._alike(one.name), self.called(one.name)
        there = [person for person in alike if person.id in standing]
        if fold(one.name) in self._named:
            return AskedName(one.name, self._named[fold(one.name)], alike)
        if len(same) == 1 or len(there) == 1:
            return AskedName(one.name, (same if len(same) == 1 else there)[0].id, alike)
        why = SEVERAL if same else NO_NAME if not one.sure else ALIKE if alike else ""
        return AskedName(one.name, None if why else one.name, alike, why)

    def _alike(self, name: str) -> tuple[AlikePerson, ...]:
        """The people of this name, else those of whose name it is a part, or who are a part."""
        if same := self.called(name):
            return same
        words = frozenset(words_of(name))
        found = {person.id: person for word in words for person in self._by_word.get(word, ())}
        return tuple(
            person
            for person in found.values()
            if words <= (known := frozenset(words_of(person.name))) or known <= words
        )

    def _learn(self, person: AlikePerson, names: Iterable[str]) -> None:
        for name in dict.fromkeys(map(fold, names)):
            self._by_name.setdefault(name, []).append(person)
            for word in dict.fromkeys(words_of(name)):
                self._by_word.setdefault(word, []).append(person)
