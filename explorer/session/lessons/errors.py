"""How does the program say, in one plain sentence, what is wrong in a lesson and on which line?"""

from explorer.eventlog.errors import LogError


class LessonError(LogError):
    """A lesson that cannot be used; `str()` names its file and line: `week-1.md, line 12: there is no …`."""
