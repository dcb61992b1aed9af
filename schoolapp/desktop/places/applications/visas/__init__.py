"""Visas: who needs one, letters of invitation, and their state."""
