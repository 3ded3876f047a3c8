"""The repair plan: what waits, drafts, countersignature, written changes, issue."""
