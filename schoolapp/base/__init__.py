"""What every layer stands on: settings, words, the clock, folders, files that come with it."""
