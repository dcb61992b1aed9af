"""The history of the schema: one revision a file, run by ``schoolapp.storage.migrating``."""
