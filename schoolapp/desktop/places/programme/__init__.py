"""The programme of a school, seminar or camp."""
