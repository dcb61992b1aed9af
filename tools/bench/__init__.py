"""How fast the program is: each figure against a reference measured in the same run."""
