"""How everything looks: theme, icons, states, widgets, and how values are written."""
