"""Practice: cases drawn from the regions of a pathway, tasks on them, marks, schedule and log.

`tasks.curriculum_of` has what can be practised; `planning.plan` chooses the tasks of a round;
`rounds` one immutable state of a round and its transitions; `words` everything as plain text.
Nothing here draws a screen.
"""
