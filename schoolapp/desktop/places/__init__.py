"""The places of the rail, one module each; they do not know one another."""
