"""The language in which somebody is written to: one rule for letters, papers and calendars.

An example: Aisha's mother tongue is ``ur-PK``, so all she gets is in Urdu. João's is ``pt-BR``, in
which we do not write; he reads French (B2) before English (B1), so all he gets is in French. For
Dana only ``da`` is known; her working group speaks Spanish, so all she gets is in Spanish.
"""

from collections.abc import Iterable

from schoolapp.base.language import LANGUAGES, SOURCE

READS_FROM = frozenset({"native", "C2", "C1", "B2", "B1"})
"""The levels at which somebody reads a text."""
_OURS = {tag: language.tag for language in LANGUAGES for tag in (language.tag, *language.also)}


def ours(tag: str | None) -> str | None:
    """Our language for a tag, regional ones too (``ur-PK``); None if we have none."""
    whole = (tag or "").replace("_", "-").lower()
    return _OURS.get(whole) or _OURS.get(whole.partition("-")[0])


def nearest_language(tag: str | None) -> str:
    """Our language for a tag, English if we have none."""
    return ours(tag) or SOURCE


def gathering_language(working: Iterable[str]) -> str:
    """The first working language of a gathering that we write in, else English."""
    return next(filter(None, map(ours, working)), SOURCE)


def group_of(spoken: Iterable[str], working: Iterable[str]) -> str | None:
    """The working language of a gathering that somebody speaks first, regional or not.

    Working languages need not be ours: people who speak ``pt-BR`` join the group of ``pt``.
    """
    groups = {_base(tag): tag for tag in reversed(tuple(working))}
    return next((groups[_base(tag)] for tag in spoken if _base(tag) in groups), None)


def _base(tag: str) -> str:
    return ours(tag) or tag.partition("-")[0].lower()


def recipient_language(
    *,
    mother_tongue: str | None,
    known: Iterable[tuple[str, str]],
    group: str | None = None,
    working: Iterable[str] = (),
) -> str:
    """The first of these languages that we write in.

    The mother tongue; the languages the person reads, in their order (story P06: "my languages
    first"); that of the language group they work in; what they know a little; the first working
    language of the gathering; English. ``known`` are tags with levels. What a person knows comes
    before what a gathering has noted for them: a letter is written before there is a group, and
    what follows is to be in the language of the first letter.
    """
    spoken = tuple(known)
    reads = [tag for tag, level in spoken if level in READS_FROM]
    wanted = (mother_tongue, *reads, group, *(tag for tag, _level in spoken))
    return next(filter(None, map(ours, wanted)), None) or gathering_language(working)
