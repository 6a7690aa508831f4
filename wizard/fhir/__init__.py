"""FHIR R4: questionnaires, responses to them, and what follows from these."""
