"""What stands beside a name and is no part of it: titles before it, degrees behind it."""

# "M." and "Fr." are left out: they are initials and given names elsewhere.
_TITLES = frozenset({
    "dr", "dra", "doctor", "doctora", "docteur", "docteure", "prof", "profesor", "profesora",
    "professor", "professeur", "mr", "mrs", "ms", "miss", "mx", "mister", "mme", "mlle",
    "madame", "monsieur", "mademoiselle", "sr", "sra", "srta", "señor", "señora", "dhr",
    "mevr", "mw", "drs", "ing", "ir", "engr", "atty", "hon", "rev", "g", "gng", "bb", "ginoo",
    "mevrouw", "meneer", "lic", "licda", "arq", "abg", "doña", "compañero", "compañera",
    "camarade", "comrade", "cde", "shri", "smt", "ginang", "binibini", "herr", "frau",
    "fräulein", "dipl", "mag", "sig", "signor", "signora", "senhor", "senhora", "dott",
    "dottssa", "eng", "adv", "pr", "ڈاکٹر", "پروفیسر", "جناب", "محترمہ", "محترم",
})  # fmt: skip
_DOTTED_ONLY = frozenset({
    "g", "hon", "ir", "bb", "sr", "ms", "mw", "pr", "mag", "eng", "adv", "sig", "dipl", "dott",
})  # fmt: skip
# Degrees behind a name; "MA" and "BA" only after a comma, for both are names too.
_DEGREES = frozenset({"phd", "md", "msc", "bsc", "mba", "llm", "llb", "dphil", "mphil"})
_AFTER_COMMA = _DEGREES | {"ma", "ba", "mag"}


def without_titles(words: list[str]) -> list[str]:
    """The words of a name without "Dr." before and ", PhD" behind them."""
    while len(words) > 1 and _is_title(words[0]):
        words = words[1:]
    while len(words) > 1 and _is_degree(words):
        words = [*words[:-2], words[-2].rstrip(",")]
    return words


def _is_title(word: str) -> bool:
    bare = word.rstrip(".").casefold()
    return bare in _TITLES and (word.endswith(".") or bare not in _DOTTED_ONLY)


def _is_degree(words: list[str]) -> bool:
    known = _AFTER_COMMA if words[-2].endswith(",") else _DEGREES
    return words[-1].replace(".", "").casefold() in known and words[-1][:1].isupper()
