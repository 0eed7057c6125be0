"""What do the models of all tables have in common?"""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex

from explorer.desktop.look.theme import MOST_ROW_PX

MAX_ROWS = (2**31 - 1) // MOST_ROW_PX - 1  # Qt measures a table in pixels of 32 bits
NOWHERE = QModelIndex()

type Index = QModelIndex | QPersistentModelIndex
