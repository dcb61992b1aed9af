"""Visas: who needs one, letters of invitation, how it stands."""
