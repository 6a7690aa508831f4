"""Which of several largest regions is found: one that asks few questions, and early ones."""

from wizard.engine.covers import prime_implicant
from wizard.engine.diagrams import FALSE, TRUE, Allowed, Diagrams, Node, first_model


def found(diagrams: Diagrams, function: Node) -> Allowed:
    """The largest region around the first assignment in which the function is true."""
    universe = tuple(tuple(range(size)) for size in diagrams.sizes)
    asked = list(range(len(universe)))
    return prime_implicant(diagrams, function, universe, first_model(diagrams, function), asked)


def test_of_two_questions_that_are_each_enough_the_earlier_one_is_named() -> None:
    diagrams = Diagrams((2, 2), 100)
    either = diagrams.node(0, (TRUE, diagrams.node(1, (TRUE, FALSE))))
    assert found(diagrams, either) == ((0,), (0, 1))


def test_a_question_is_rather_left_out_than_another_one_widened() -> None:
    diagrams = Diagrams((2, 3), 100)
    low, middle = diagrams.node(1, (TRUE, FALSE, FALSE)), diagrams.node(1, (TRUE, TRUE, FALSE))
    assert found(diagrams, diagrams.node(0, (middle, low))) == ((0, 1), (0,))


def test_late_questions_are_widened_before_early_ones() -> None:
    """Either may have one value more at the value of the other, not both."""
    diagrams = Diagrams((3, 3), 100)
    low, middle = diagrams.node(1, (TRUE, FALSE, FALSE)), diagrams.node(1, (TRUE, TRUE, FALSE))
    assert found(diagrams, diagrams.node(0, (middle, low, FALSE))) == ((0,), (0, 1))
