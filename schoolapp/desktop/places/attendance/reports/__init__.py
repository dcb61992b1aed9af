"""Reports, lists and papers, chosen from a gallery and written."""
