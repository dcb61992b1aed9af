"""The outbox: letters that wait, what becomes of them, and the way they leave."""

from schoolapp.desktop.places.outbox.place import Outbox

__all__ = ["Outbox"]
