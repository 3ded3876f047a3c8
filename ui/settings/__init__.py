"""Settings: of this desk, of the depot, policy, calendar, codes."""
