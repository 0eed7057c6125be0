"""How are the widgets drawn, given the colours of a theme?"""

from string import Template

TEMPLATE = Template("""
QToolTip { color: $text; background: $raised; border: 1px solid $border; padding: 4px 6px; }
QMenuBar { background: $window; padding: 2px 4px; }
QMenuBar::item { padding: 4px 9px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $hover; color: $text; }
QMenu { background: $base; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 5px 26px 5px 26px; border-radius: 4px; }
QMenu::item:selected { background: $now; color: $text; }
QMenu::item:disabled { color: $future; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }
QMenu::icon { padding-left: 6px; }

QLabel[role="title"] { font-size: ${title_pt}pt; font-weight: 600; }
QLabel[role="heading"] { font-weight: 600; }
QLabel[role="big"] { font-size: ${big_pt}pt; font-weight: 600; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="warning"] { color: $warning; }
QLabel[role="badge"] { color: $warning; background: $warning_soft; border-radius: 8px;
    padding: 1px 8px; }
QLabel[role="change"] { color: $changed; background: $changed_soft; border-radius: 4px;
    padding: 3px 8px; }
QFrame[role="news"] { background: $warning_soft; border: 0; border-bottom: 1px solid $border; }
QFrame[role="card"] { background: $base; border: 1px solid $border; border-radius: 6px; }
QLabel[role="quiet"] { color: $muted; padding: 3px 8px; }

QTableView, QTreeWidget, QPlainTextEdit, QListWidget { background: $base; border: 1px solid $border;
    border-radius: 4px; gridline-color: $grid; selection-background-color: $now;
    selection-color: $text; outline: 0; }
QTableView:focus, QTreeWidget:focus, QPlainTextEdit:focus, QListWidget:focus { border-color: $accent; }
QTableView[role="pinned"] { border: 0; border-right: 1px solid $border; border-radius: 0; }
QTableView::item { padding: 0 6px; }
QListWidget::item { padding: 6px 8px; border-radius: 4px; }
QListWidget::item:hover { background: $hover; }
QListWidget::item:selected { background: $now; color: $text; }
QListWidget[role="preview"] { border-color: $accent; }
QListWidget[role="preview"]::item { padding: 4px 8px; border-radius: 0; }
QListWidget[role="preview"]::item:disabled { color: $warning; }
QTreeWidget::item { padding: 2px 0; }
QTreeWidget::item:selected { background: $now; color: $text; }
QHeaderView { background: $base; border: 0; }
QHeaderView::section { background: $base; color: $muted; border: 0;
    border-bottom: 1px solid $border; padding: 4px 9px; font-weight: 600; }
QHeaderView::section:hover { color: $text; }
QTableCornerButton::section { background: $base; border: 0; }
QAbstractScrollArea::corner { background: transparent; border: 0; }

QLineEdit, QComboBox, QSpinBox { background: $base; border: 1px solid $border; border-radius: 4px;
    padding: 3px 7px; min-height: 18px; selection-background-color: $accent;
    selection-color: $on_accent; }
QLineEdit:focus, QComboBox:focus, QSpinBox:focus { border-color: $accent; }
QLineEdit[wrong="true"] { border-color: $warning; background: $warning_soft; }
QLineEdit[follows="true"] { color: $muted; background: $window; }
QComboBox::drop-down { border: 0; width: 22px; }
QComboBox::down-arrow { image: url("$down"); width: 12px; height: 12px; }
QComboBox::down-arrow:disabled { image: none; }
QSpinBox QLineEdit { background: transparent; border: 0; padding: 0 5px; min-height: 0; }
QSpinBox::up-button, QSpinBox::down-button { border: 0; width: 20px; background: transparent; }
QSpinBox::up-button { subcontrol-origin: border; subcontrol-position: top right; }
QSpinBox::down-button { subcontrol-origin: border; subcontrol-position: bottom right; }
QSpinBox::up-button:hover, QSpinBox::down-button:hover { background: $hover; }
QSpinBox::up-arrow { image: url("$up"); width: 11px; height: 11px; }
QSpinBox::down-arrow { image: url("$down"); width: 11px; height: 11px; }
QComboBox QAbstractItemView { background: $base; border: 1px solid $border;
    selection-background-color: $now; selection-color: $text; outline: 0; }

QPushButton { background: $base; border: 1px solid $border; border-radius: 4px; padding: 4px 14px;
    min-height: 18px; }
QPushButton:hover { background: $hover; }
QPushButton:focus { border-color: $accent; }
QPushButton:default, QPushButton[primary="true"] { background: $accent; color: $on_accent;
    border-color: $accent; }
QPushButton:disabled { color: $future; background: $window; border-color: $border; }
QToolButton { border: 1px solid transparent; border-radius: 4px; padding: 4px; background: transparent; }
QToolButton:hover { background: $hover; }
QToolButton:focus { border-color: $accent; }
QToolButton:checked { background: $now; color: $text; border-color: $accent; }
QToolButton[primary="true"] { background: $accent; color: $on_accent; padding: 5px 11px; }
QToolButton[primary="true"]:disabled { background: $border; }

QRadioButton::indicator, QCheckBox::indicator, QListWidget::indicator { width: 13px; height: 13px;
    border: 1px solid $muted; background: $base; }
QRadioButton::indicator { border-radius: 7px; }
QCheckBox::indicator, QListWidget::indicator { border-radius: 3px; }
QRadioButton::indicator:hover, QCheckBox::indicator:hover { border-color: $accent; }
QRadioButton::indicator:checked { width: 7px; height: 7px; border: 4px solid $accent; background: $on_accent; }
QCheckBox::indicator:checked, QListWidget::indicator:checked { background: $accent; border-color: $accent;
    image: url("$check"); }
QRadioButton::indicator:disabled, QCheckBox::indicator:disabled { border-color: $border;
    background: $window; }
QRadioButton:focus, QCheckBox:focus { color: $accent; text-decoration: underline; }
QRadioButton:disabled, QCheckBox:disabled { color: $future; }

QTabBar::tab { background: transparent; color: $muted; padding: 5px 10px; border: 0;
    border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; }
QTabBar::tab:focus { color: $accent; }
QTabWidget::pane { border: 0; }

QToolButton[role="dock"] { padding: 2px; }
QMainWindow::separator { background: $window; width: 6px; height: 6px; }
QMainWindow::separator:hover { background: $border; }
QWidget#dock_title[floating="true"] { border: 1px solid $muted; border-bottom: 0; background: $raised; }
QWidget#dock_frame[floating="true"] { border: 1px solid $muted; border-top: 0; }

QToolBar { background: $now; border: 0; padding: 0; spacing: 0; }
QFrame#hints { background: $now; border: 0; }
QSplitter::handle { background: $window; }
QSplitter::handle:hover { background: $border; }
QStatusBar { background: $window; border-top: 1px solid $border; }
QStatusBar::item { border: 0; }
QProgressBar { background: $raised; border: 0; border-radius: 4px; min-height: 8px; max-height: 8px; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }
QFrame#drop_zone { background: $base; border: 2px dashed $border; border-radius: 10px; }
QFrame#drop_zone[over="true"] { border-color: $accent; background: $now; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $bars; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QPushButton[role="warning"] { background: transparent; color: $warning; border: 0; padding: 1px 8px; }
QPushButton[role="warning"]:hover, QPushButton[role="warning"]:focus { text-decoration: underline; }
QPushButton[role="drop"] {
    min-height: 84px;
    border: 2px dashed $border;
    border-radius: 8px;
    background: $base;
    color: $muted;
    font-size: ${drop_pt}pt;
}
QPushButton[role="drop"]:hover, QPushButton[role="drop"]:focus { border-color: $accent; color: $text; }
QPushButton[role="link"] {
    border: none;
    background: transparent;
    color: $accent;
    text-align: left;
    padding: 4px 0;
}
QPushButton[role="line"] { border: 0; background: transparent; color: $accent; padding: 0; min-height: 0; }
QPushButton[role="line"]:hover, QPushButton[role="line"]:focus { text-decoration: underline; }
QPushButton[role="link"]:hover, QPushButton[role="link"]:focus { text-decoration: underline; }
QPushButton[role="link"]:disabled { color: $future; }
QLabel[role="step"] { font-size: ${step_pt}pt; font-weight: 600; }
QLabel[role="good"] { color: $added; font-weight: 600; }
QLabel[role="statement"] { color: $accent; background: $raised; border-radius: 4px; padding: 6px 8px; }
QWidget[role="question"] { background: $base; border: 1px solid $border; border-radius: 6px; }
QWidget[role="question"] QLabel { background: transparent; border: 0; }
QLabel[role="caption"] { font-size: ${step_pt}pt; font-weight: 600; background: $raised;
    padding: 10px 16px; }
QTextEdit[role="narrative"] { background: transparent; border: 0; }
""")
