"""The arrival desk: who came, with what they bring, pay and are given."""
