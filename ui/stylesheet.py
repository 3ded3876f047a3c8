"""The style sheet. Colours come from the tokens; everything else about size and shape is here.

Rules worth knowing before a change: a focus ring of 2 px takes one pixel from the padding so that nothing jumps;
once a control has a box here, its arrows and indicators must be given as pictures too.
"""

from __future__ import annotations

from string import Template

# ruff: noqa: E501  a rule of the style sheet reads best on one line

_FRAME = """
QWidget { color: $text; }
QMainWindow, QDialog, #window, #page, #pages { background: $bg; }
QToolTip { background: $text; color: $surface; border: 0; padding: 4px 8px; }
#topbar { background: $surface; border-bottom: 1px solid $border; }
#navigation { background: $surface; border-right: 1px solid $border; }
#navigation QListView { background: transparent; border: 0; }
#detail { background: $surface; border-left: 1px solid $border; }
#card { background: $surface; border: 1px solid $border; border-radius: 8px; }
#card[leads="true"]:hover { border-color: $border_strong; }
#card[leads="true"]:focus { border: 2px solid $accent; }
#well { background: $sunken; border: 1px solid $border; border-radius: 8px; }
#plain, #plain > QWidget > QWidget#plain { background: transparent; border: 0; }
#topics { border-right: 1px solid $border; padding: 8px; }
#topics::item { min-height: 24px; }
#line { background: $border; border: 0; max-height: 1px; min-height: 1px; }
QLabel { background: transparent; }
QLabel[role="title"] { font-size: 15.5pt; font-weight: 700; }
QLabel[role="heading"] { font-size: 11pt; font-weight: 700; }
QLabel[role="muted"] { color: $text2; }
QLabel[role="caption"] { color: $text3; font-size: 8.5pt; }
QLabel[role="figure"] { font-size: 21pt; font-weight: 700; }
QLabel[role="strong"] { font-weight: 700; }
QLabel[role="field"] { color: $text2; font-size: 9pt; }
QLabel[role="problem"] { color: $bad; font-size: 9pt; }
QLabel[role="hint"] { color: $text3; font-size: 9pt; }
QLabel[role="brand"] { font-size: 12pt; font-weight: 700; }
QLabel[role="key"] { color: $text3; font-size: 8.5pt; border: 1px solid $border; border-radius: 4px; padding: 0 4px; }
QLabel[tone="ok"] { color: $ok; } QLabel[tone="warn"] { color: $warn; } QLabel[tone="bad"] { color: $bad; }
QLabel[tone="info"] { color: $info; } QLabel[tone="plum"] { color: $plum; } QLabel[tone="mute"] { color: $mute; }
QStatusBar { background: $surface; border-top: 1px solid $border; color: $text2; }
QStatusBar::item { border: 0; }
QStatusBar QLabel { color: $text2; font-size: 9pt; }
QFrame[notice="ok"] { background: $ok_soft; } QFrame[notice="warn"] { background: $warn_soft; }
QFrame[notice="bad"] { background: $bad_soft; } QFrame[notice="info"] { background: $info_soft; }
QFrame[notice="mute"] { background: $mute_soft; } QFrame[notice="accent"] { background: $accent_soft; }
QFrame[notice="ok"] QLabel { color: $ok; } QFrame[notice="warn"] QLabel { color: $warn; }
QFrame[notice="bad"] QLabel { color: $bad; } QFrame[notice="info"] QLabel { color: $info; }
QFrame[notice="accent"] QLabel { color: $accent_ink; }
#notice { border: 0; border-radius: 6px; }
#toast { background: $text; border: 0; border-radius: 8px; }
#toast QLabel { color: $surface; }
#toast QPushButton { background: transparent; border: 1px solid $text3; color: $surface; padding: 3px 10px; }
#toast QPushButton:hover { border-color: $surface; }
#toast QPushButton[kind="quiet"] { border-color: transparent; padding: 3px 4px; }
#toast QPushButton:focus { border: 2px solid $surface; padding: 2px 9px; }
#drop { background: $sunken; border: 1px dashed $border_strong; border-radius: 8px; }
#drop[over="true"] { background: $accent_soft; border: 2px solid $accent; }
#drop:focus { border: 2px solid $accent; }
#pad { background: #FFFFFF; border: 1px solid $border_strong; border-radius: 8px; }
"""

_INPUTS = """
QLineEdit, QComboBox, QDateEdit, QSpinBox, QDoubleSpinBox, QPlainTextEdit, QTextEdit {
  background: $surface; border: 1px solid $border_strong; border-radius: 6px; padding: 5px 8px;
  selection-background-color: $accent; selection-color: $accent_text; }
QLineEdit:focus, QComboBox:focus, QDateEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QPlainTextEdit:focus,
QTextEdit:focus { border: 2px solid $accent; padding: 4px 7px; }
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled { background: $sunken; color: $text3; border-color: $border; }
QLineEdit[readOnly="true"], QPlainTextEdit[readOnly="true"] { background: $sunken; border-color: $border; }
QLineEdit[invalid="true"], QPlainTextEdit[invalid="true"], QComboBox[invalid="true"] { border: 2px solid $bad; padding: 4px 7px; }
QLineEdit, QComboBox, QAbstractSpinBox { min-height: 21px; max-height: 21px; }
QLineEdit#scan { border-radius: 8px; padding: 6px 10px; font-size: 11pt; background: $bg; min-height: 24px; max-height: 24px; }
QLineEdit#scan:focus { background: $surface; padding: 5px 9px; }
QLineEdit#scan[flash="ok"] { background: $ok_soft; border: 2px solid $ok; padding: 5px 9px; }
QLineEdit#scan[flash="bad"] { background: $bad_soft; border: 2px solid $bad; padding: 5px 9px; }
QComboBox::drop-down, QDateEdit::drop-down { border: 0; width: 24px; subcontrol-origin: padding; subcontrol-position: center right; }
QComboBox::down-arrow { image: url(icons:caret-down-$name.svg); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $border; padding: 4px; outline: 0; }
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0 6px; }
QAbstractSpinBox { padding-right: 24px; }
QAbstractSpinBox::up-button { subcontrol-origin: border; subcontrol-position: top right; width: 20px; border: 0; margin: 2px 2px 0 0; }
QAbstractSpinBox::down-button { subcontrol-origin: border; subcontrol-position: bottom right; width: 20px; border: 0; margin: 0 2px 2px 0; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $hover; border-radius: 3px; }
QAbstractSpinBox::up-arrow { image: url(icons:caret-up-$name.svg); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url(icons:caret-down-$name.svg); width: 10px; height: 10px; }
QCheckBox, QRadioButton { spacing: 8px; padding: 3px; border: 2px solid transparent; border-radius: 5px; background: transparent; }
QCheckBox:focus, QRadioButton:focus { border-color: $accent; }
QCheckBox:disabled, QRadioButton:disabled { color: $text3; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator { width: 16px; height: 16px; }
QCheckBox::indicator:unchecked, QAbstractItemView::indicator:unchecked { image: url(icons:tick-off-$name.svg); }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked { image: url(icons:tick-on-$name.svg); }
QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:indeterminate { image: url(icons:tick-part-$name.svg); }
QRadioButton::indicator:unchecked { image: url(icons:dot-off-$name.svg); }
QRadioButton::indicator:checked { image: url(icons:dot-on-$name.svg); }
QProgressBar { background: $sunken; border: 1px solid $border; border-radius: 5px; min-height: 10px; max-height: 10px; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }
"""

_BUTTONS = """
QPushButton { background: $surface; border: 1px solid $border_strong; border-radius: 6px; padding: 6px 14px; min-height: 19px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $sunken; }
QPushButton:focus { border: 2px solid $accent; padding: 5px 13px; }
QPushButton:disabled { color: $text3; border-color: $border; background: $sunken; }
QPushButton[kind="primary"] { background: $accent; border: 1px solid $accent; color: $accent_text; font-weight: 700; }
QPushButton[kind="primary"]:hover { background: $accent_hover; }
QPushButton[kind="primary"]:pressed { background: $accent_hover; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; padding: 5px 13px; }
QPushButton[kind="primary"]:disabled { background: $sunken; color: $text3; border-color: $border; }
QPushButton[kind="danger"] { color: $bad; border-color: $bad; }
QPushButton[kind="danger"]:hover { background: $bad_soft; }
QPushButton[kind="danger"]:disabled { color: $text3; border-color: $border; }
QPushButton[kind="link"] { background: transparent; border: 2px solid transparent; color: $accent; padding: 3px 6px; text-align: left; }
QPushButton[kind="link"]:hover { background: $hover; }
QPushButton[kind="link"]:focus { border-color: $accent; padding: 3px 6px; }
QToolButton { background: transparent; border: 2px solid transparent; border-radius: 6px; padding: 4px 7px; }
QToolButton:hover { background: $hover; }
QToolButton:focus { border-color: $accent; }
QToolButton:disabled { color: $text3; }
QToolButton::menu-indicator { image: none; }
#segments { background: $surface; border: 1px solid $border_strong; border-radius: 7px; }
#step { background: $border; border-radius: 2px; }
#step[reached="true"] { background: $accent; }
#toggle { background: $surface; border: 1px solid $border_strong; border-radius: 7px; padding: 4px 12px; }
#toggle:focus { border: 2px solid $accent; padding: 3px 11px; }
#toggle:checked { background: $accent_soft; color: $accent_ink; border-color: $accent; font-weight: 700; }
#segments QToolButton { border-radius: 5px; padding: 3px 12px; }
#segments QToolButton:checked { background: $accent_soft; color: $accent_ink; font-weight: 700; }
"""

_VIEWS = """
QTableView, QTreeView, QListView, QListWidget { background: $surface; border: 0; outline: 0; gridline-color: $border;
  selection-background-color: $accent_soft; selection-color: $text; alternate-background-color: $surface; }
#framed { background: $surface; border: 1px solid $border; border-radius: 8px; }
#framed[ring="true"] { border: 2px solid $accent; }
QTableView::item { padding: 0 8px; border-bottom: 1px solid $border; }
QTableView::item:selected { background: $accent_soft; color: $text; }
QListView::item { padding: 4px 8px; border-radius: 4px; }
QListView::item:selected { background: $accent_soft; color: $text; }
QListView::item:hover:!selected, QTableView::item:hover:!selected { background: $hover; }
QHeaderView { background: $surface; border: 0; }
QHeaderView::section { background: $surface; color: $text2; border: 0; border-bottom: 1px solid $border; padding: 7px 11px; font-size: 9pt; }
QHeaderView::section:hover { background: $hover; }
QHeaderView::up-arrow { image: url(icons:caret-up-$name.svg); width: 10px; height: 10px; subcontrol-position: center right; margin-right: 6px; }
QHeaderView::down-arrow { image: url(icons:caret-down-$name.svg); width: 10px; height: 10px; subcontrol-position: center right; margin-right: 6px; }
QTableCornerButton::section { background: $surface; border: 0; }
QScrollArea, QAbstractScrollArea#plain { background: transparent; border: 0; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $scroll; border-radius: 3px; margin: 2px; }
QScrollBar::handle:hover { background: $border_strong; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: transparent; width: 10px; height: 10px; }
QMenu { background: $surface; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 6px 28px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $accent_soft; }
QMenu::item:disabled { color: $text3; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; border: 0; padding: 8px 11px; color: $text2; border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; font-weight: 700; border-bottom: 2px solid $accent; }
QTabBar::tab:focus { color: $accent_ink; border-bottom: 2px solid $accent_ink; }
QTabWidget::pane { border: 0; border-top: 1px solid $border; }
QCalendarWidget QToolButton { color: $text; icon-size: 14px; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $surface; }
QCalendarWidget QAbstractItemView { background: $surface; selection-background-color: $accent; selection-color: $accent_text; }
QTextBrowser { background: $surface; border: 0; padding: 8px 16px; }
"""

SHEET = Template(_FRAME + _INPUTS + _BUTTONS + _VIEWS)
