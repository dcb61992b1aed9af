"""A cell that names people: one or several, with what stands beside each name."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from schoolapp.domain.reading_cells.name_titles import without_titles
from schoolapp.domain.reading_cells.no_answer import is_unknown_name, says_nothing
from schoolapp.domain.text import words_of

_OUTSIDE = r"(?![^()\[\]]*[)\]])"  # "Ana (English, Spanish)" is one name
_PARTING = re.compile(r"(?:[;\n؛|+]|\s[&/·]\s|/|\s(?:and|et|y|en|at|und|e|و)\s)" + _OUTSIDE, re.I)
_COMMA = re.compile(r"[,،]" + _OUTSIDE)
_ASIDE = re.compile(r"[(\[]([^)\]]*)[)\]]?")
_BEFORE = re.compile(r"([^:()]{1,40}):\s*(.+)")
_BEHIND = re.compile(r"(.+?)\s+[-–—]\s+(.+)")
_LONGEST = 6  # words of a name
# Words that stand in a programme where a name would, or beside one that is none.
_NOBODY = frozenset({
    "all", "everyone", "everybody", "participants", "participant", "staff", "team", "plenary",
    "delegation", "delegations", "group", "groups", "various", "several", "others", "volunteers",
    "invited", "speaker", "speakers", "lecturer", "guest", "guests", "committee", "be",
    "confirmed", "announced", "decided", "later", "open", "tous", "toutes", "équipe",
    "délégations", "délégation", "groupe", "groupes", "invité", "invités", "intervenant",
    "confirmer", "préciser", "todos", "todas", "equipo", "delegaciones", "delegación", "grupo",
    "grupos", "confirmar", "definir", "participantes", "invitado", "invitada", "iedereen",
    "deelnemers", "delegaties", "groep", "groepen", "bevestigen", "bepalen", "lahat", "kalahok",
    "alle", "teilnehmende", "delegationen", "gruppe", "gruppen", "offen", "equipe", "convidado",
    "سب", "شرکاء",
})  # fmt: skip


class NamedPerson(NamedTuple):
    """A name out of a cell; ``aside`` is what stands in brackets, before or behind it.

    A name that is not ``sure`` may be two, or none at all.
    """

    name: str
    aside: str = ""
    sure: bool = True


def names_in(text: str, is_known: Callable[[str], bool]) -> tuple[NamedPerson, ...]:
    """The people that a cell names, each once; ``is_known`` keeps a name of several parts whole."""
    found: dict[str, NamedPerson] = {}
    named = () if says_nothing(text) else _named(text.strip(), is_known)
    for one in named:
        if one.name and not says_nothing(one.name):
            found.setdefault(" ".join(words_of(one.name)), one)
    return tuple(found.values())


def _named(text: str, is_known: Callable[[str], bool]) -> Iterator[NamedPerson]:
    if is_known(text):
        yield NamedPerson(text)
        return
    parts = [part.strip() for part in _PARTING.split(text)]
    in_list = any(sign in text for sign in ";\n؛|")  # which leaves commas to "Family, Given"
    for part in parts:
        yield from _of_part(part, is_known, in_list=in_list, alone=len(parts) == 1)


def _of_part(
    part: str, is_known: Callable[[str], bool], *, in_list: bool, alone: bool
) -> Iterator[NamedPerson]:
    """The names between two signs: commas part them too, unless it is "Family, Given"."""
    bare = _one(part, is_known)
    pieces = [piece.strip() for piece in _COMMA.split(part) if piece.strip()]
    if len(pieces) < 2 or is_known(bare.name) or not _COMMA.search(bare.name):
        yield bare
        return
    if len(pieces) == 2 and not any(_ASIDE.search(piece) for piece in pieces):
        turned = f"{pieces[1]} {pieces[0]}"
        single = all(len(piece.split()) == 1 for piece in pieces)
        known_apart = any(map(is_known, pieces))
        if is_known(turned) or (not known_apart and (in_list or (single and alone))):
            yield NamedPerson(turned, sure=is_known(turned) or in_list)
            return
    for piece in pieces:
        yield _one(piece, is_known)


def _one(text: str, is_known: Callable[[str], bool]) -> NamedPerson:
    """One name without titles, and what stands beside it."""
    asides = [found.strip() for found in _ASIDE.findall(text)]
    rest = " ".join(_ASIDE.sub(" ", text).split())
    if (found := _BEFORE.fullmatch(rest)) is not None:
        asides, rest = [found[1].strip(), *asides], found[2].strip()
    if not is_known(rest) and (found := _BEHIND.fullmatch(rest)) is not None:
        asides, rest = [*asides, found[2].strip()], found[1].strip()
    name = rest if is_known(rest) else " ".join(without_titles(rest.split()))
    return NamedPerson(name, ", ".join(filter(None, asides)), is_known(name) or _is_name(name))


def _is_name(text: str) -> bool:
    """Whether words can be somebody's name: not "all participants", "TBC" or "Group 2"."""
    words = words_of(text)
    if not words or len(words) > _LONGEST or any(c.isdigit() or c in "?!@" for c in text):
        return False
    return not any(is_unknown_name(word) or word in _FOLDED for word in words)


_FOLDED = frozenset(word for one in _NOBODY for word in words_of(one))
