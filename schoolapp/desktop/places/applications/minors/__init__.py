"""Minors: what papers and consents each of them needs."""
