"""What municipalities tried and what happened; who asks for what; campaigns done together."""
