"""Follow-ups, complaints and suggestions, and the targets."""
