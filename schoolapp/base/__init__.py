"""What every layer uses: settings, words, the clock, folders, files that come with it."""
