"""What every test has: an offscreen Qt, English words, and nothing left behind."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
