"""Everything that follows from answers, and why, as records; no sentence is made here."""
