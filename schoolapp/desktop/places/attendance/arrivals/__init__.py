"""The arrival desk: people checked in and out of the gathering."""
