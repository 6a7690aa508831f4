"""What follows from answers, and why: records that say nothing in words."""
