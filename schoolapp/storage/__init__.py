"""Where it is kept: engine, store, journal, migrations, search, backup."""
