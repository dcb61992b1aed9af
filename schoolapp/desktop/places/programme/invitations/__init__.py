"""Invitations to sessions: what is due, sending it, the answers."""
