"""Dialogues: none of them is application-modal by accident, none loses what was typed."""
