"""Papers: what is typeset or written as a document, each by a module of its own."""
