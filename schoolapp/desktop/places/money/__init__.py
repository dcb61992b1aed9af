"""The money of the schools: subsidies, payments, delegations, travel claims, gifts."""
