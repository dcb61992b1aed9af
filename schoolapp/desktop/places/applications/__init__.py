"""Applications: who wants to come, decided one by one, registered by hand or imported."""
