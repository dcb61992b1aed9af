"""Delegations: their places, their people, what they owe."""
