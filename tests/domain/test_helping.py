"""Who helps best is the same for the same facts, whoever is asked about first."""

from hypothesis import given
from hypothesis import strategies as st

from owncase.domain.helping import Facts, fitting, ranked, reasons

handles = st.integers(0, 99).map(lambda n: f"p{n}")
facts = st.builds(
    Facts,
    handle=handles,
    topics=st.sampled_from([(), ("billing",), ("billing", "storage")]),
    minutes=st.none() | st.integers(0, 1440),
    there=st.booleans(),
    knows=st.sampled_from([(), ("case",), ("account", "case")]),
    load=st.integers(0, 50),
)
team = st.lists(facts, max_size=8, unique_by=lambda one: one.handle)


@given(team, st.randoms(use_true_random=False))
def test_the_order_hangs_on_the_facts_alone(people: list[Facts], random: object) -> None:
    shuffled = list(people)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert ranked(shuffled) == ranked(people)
    assert sorted(ranked(people)) == sorted(people)


@given(facts, facts)
def test_in_hours_beats_out_of_hours_whatever_else(one: Facts, other: Facts) -> None:
    works, sleeps = one._replace(handle="b", minutes=0), other._replace(handle="a", minutes=None)
    assert ranked([sleeps, works]) == [works, sleeps]


@given(facts)
def test_each_thing_that_speaks_for_somebody_moves_them_up(one: Facts) -> None:
    plain = one._replace(handle="a", topics=(), there=False, knows=(), load=5)
    for better in (
        plain._replace(topics=("billing",)),
        plain._replace(there=True),
        plain._replace(knows=("case",)),
        plain._replace(load=4),
    ):
        assert ranked([plain, better._replace(handle="b")])[0].handle == "b"


def test_a_topic_is_named_by_the_word_itself_or_a_longer_form_of_it() -> None:
    topics = ("billing", "invoice", "it")
    assert fitting({"invoices", "wrong"}, topics) == ("invoice",)
    assert fitting({"bill", "italy", "in"}, topics) == ("billing",)
    assert fitting({"it"}, topics) == ("it",)


def test_the_reasons_say_what_speaks_for_somebody() -> None:
    one = Facts("dana", ("billing",), 135, there=True, knows=("account",), load=1)
    assert reasons(one, place="Norfolk") == [
        "knows billing", "in Norfolk", "knows customer (account)", "in hours for another 2 h 15 min",
        "1 open case",
    ]  # fmt: skip
    assert reasons(Facts("rob")) == ["outside their hours", "0 open cases"]
