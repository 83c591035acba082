"""Screens, one for each thing an editor does. They hold the state, call the workflow, and hand models to widgets."""
