"""The unattended months: what is due is asked for, kept, and told of when it does not come."""
