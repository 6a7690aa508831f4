"""One module a command, named as it is.  Its docstring is its help, `add_arguments` its arguments,
and `run` does it; nothing lists them, so a new file is a new command.
"""
