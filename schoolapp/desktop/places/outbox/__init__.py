"""The outbox: letters that wait, what becomes of them, and the way they leave."""
