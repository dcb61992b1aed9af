"""Properties that hold for all data: hypothesis."""
