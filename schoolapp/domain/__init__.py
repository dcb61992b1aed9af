"""What the institute means: entities, rules, state machines.

No session, no query, no Qt, no file.
"""
