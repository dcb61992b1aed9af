"""What places are built from: the place itself, its table, panels, pages, choosers."""
