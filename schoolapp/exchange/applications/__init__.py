"""Application sheets: from the bytes of any form export to rows understood and flagged."""
