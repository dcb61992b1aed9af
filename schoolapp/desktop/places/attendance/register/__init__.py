"""One register: the roll, its answers, corrections and history."""
