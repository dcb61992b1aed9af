"""What lies between the window and everything slow: tasks, commands, the journal's steps."""
