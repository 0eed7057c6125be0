"""One module for each command: which words may it be given, and what does it do?

A module here has `declare(parser)`, which adds its arguments, and `run(arguments)`, which does the work and returns
the exit status. Its name and what it is for stand in `explorer.cli.parsers.COMMANDS`, and nowhere else.
"""
