"""The arrival desk: who came, and what they hand in, pay and receive."""
