"""How the columns of a list share its width."""

from __future__ import annotations

from ui.models.widths import EMPTY, LEAST, Need, share

FIGURE = Need(head=90, cells=40, wish=100, text=False)
STATE = Need(head=60, cells=120, text=False)
NAME = Need(head=70, cells=150)
REMARK = Need(head=70, cells=400)
NOTHING = Need(head=100, cells=0, wish=120)
GROWING = Need(head=80, cells=200, grows=True)


def test_where_there_is_room_a_column_is_as_wide_as_its_page_says_and_the_rest_goes_to_the_one_that_grows() -> None:
    widths = share({0: NAME, 1: FIGURE, 2: GROWING}, 900)
    assert widths == {0: 150, 1: 100, 2: 650}


def test_what_is_left_beside_the_words_goes_first_then_empty_columns_then_long_texts() -> None:
    needs = {0: NAME, 1: FIGURE, 2: NOTHING, 3: REMARK}
    assert share(needs, 750) == {0: 150, 1: 100, 2: 100, 3: 400}
    assert share(needs, 740) == {0: 150, 1: 90, 2: 100, 3: 400}
    assert share(needs, 696) == {0: 150, 1: 90, 2: EMPTY, 3: 400}
    assert share(needs, 600) == {0: 150, 1: 90, 2: EMPTY, 3: 304}     # the longest gives, not the short name
    assert share(needs, 420) == {0: 137, 1: 90, 2: EMPTY, 3: 137}


def test_figures_and_states_stand_whole_and_only_their_heads_are_cut() -> None:
    needs = {0: REMARK, 1: FIGURE, 2: STATE}
    widths = share(needs, 300)
    assert widths[2] == STATE.cells
    assert FIGURE.cells <= widths[1] < FIGURE.head
    assert sum(widths.values()) == 300


def test_in_too_little_room_nothing_gets_narrower_than_can_be_read() -> None:
    widths = share({0: REMARK, 1: FIGURE, 2: STATE, 3: GROWING}, 100)
    assert min(widths[0], widths[3]) >= 64
    assert widths[2] == STATE.cells
    assert sum(widths.values()) > LEAST


def test_a_column_that_a_person_drew_keeps_its_width() -> None:
    drawn = Need(head=70, cells=400, drawn=333)
    assert share({0: drawn, 1: REMARK}, 500)[0] == 333
