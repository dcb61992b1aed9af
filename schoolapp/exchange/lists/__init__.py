"""Lists that somebody has already, read out of any sheet: rooms, sessions, people, texts, marks."""
