"""The headings by which forms are known, of all languages together: field to phrases."""

from schoolapp.exchange.applications.headings.chinese import CHINESE
from schoolapp.exchange.applications.headings.further_languages import FURTHER
from schoolapp.exchange.applications.headings.german_and_portuguese import GERMAN, PORTUGUESE
from schoolapp.exchange.applications.headings.italian import ITALIAN
from schoolapp.exchange.applications.headings.six_languages import SIX_LANGUAGES

_OTHERS = (GERMAN, PORTUGUESE, ITALIAN, CHINESE, FURTHER)
# "name" is decided by its neighbours: whole, given or family name.
PHRASES: dict[str, tuple[str, ...]] = {
    name: (*phrases, *(phrase for table in _OTHERS for phrase in table.get(name, ())))
    for name, phrases in SIX_LANGUAGES.items()
}
