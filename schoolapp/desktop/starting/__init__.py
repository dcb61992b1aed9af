"""From the first process to the first place: entrance, first run, first paint."""
