"""What makes an empty production site complete, and what is left for staff to do before its first Monday."""
