"""The headings by which forms are known, of all languages together: field to phrases."""

from schoolapp.exchange.applications.headings.german_and_portuguese import GERMAN, PORTUGUESE
from schoolapp.exchange.applications.headings.six_languages import SIX_LANGUAGES

# "name" is decided by its neighbours: whole, given or family name.
PHRASES: dict[str, tuple[str, ...]] = {
    name: (*phrases, *GERMAN.get(name, ()), *PORTUGUESE.get(name, ()))
    for name, phrases in SIX_LANGUAGES.items()
}
