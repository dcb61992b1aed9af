"""The window around the places: rail, palette, history, message bar, dialogs."""
