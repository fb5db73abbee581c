"""A mapping says which column is which field; what it names and the file lacks is refused with what is near."""

import os
import tomllib
from pathlib import Path

import pytest

from owncase.errors import Misconfigured, NotFound, OwncaseError, UsageProblem
from owncase.exchange import mapping_file
from owncase.exchange.mapping import Mapping, NoSuchColumn, parse
from owncase.exchange.records import Record
from owncase.settings import Settings

FIELDS = ("title", "owner", "next", "due", "status")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings({"XDG_CONFIG_HOME": str(tmp_path / "config")}, tmp_path)


@pytest.mark.parametrize(
    ("said", "columns"),
    [
        (["owner=Rep,next=Step"], {"owner": "Rep", "next": "Step"}),
        (["next=Next step, planned", "Owner = Rep"], {"next": "Next step, planned", "owner": "Rep"}),
        (['"next"="a, b",due=When'], {"next": "a, b", "due": "When"}),
        (["owner=assignee.login"], {"owner": "assignee.login"}),
        (["next=a=b"], {"next": "a=b"}),
    ],
)
def test_columns_are_mapped_with_spaces_commas_and_dots(said: list[str], columns: dict[str, str]) -> None:
    assert {name: names[0] for name, names in parse(said).columns.items()} == columns


@pytest.mark.parametrize("said", [["owner"], ["=Rep"], ["owner=a", "owner=b"], [""]])
def test_a_mapping_without_a_column_is_a_wrong_command_line(said: list[str]) -> None:
    with pytest.raises(UsageProblem):
        parse(said)


def test_columns_of_the_same_name_map_themselves_and_spelling_is_the_files_own() -> None:
    fitted = parse(["owner=rep"]).fitted(["Title", "Rep", "note"], FIELDS)
    assert fitted.columns == {"title": ("Title",), "owner": ("Rep",)}
    record = Record(2, {"Title": " ", "Rep": "Ana", "note": "x"})
    assert [fitted.value(record, name) for name in ("title", "owner", "due")] == [None, "Ana", None]


@pytest.mark.parametrize(
    ("said", "code", "message", "fix"),
    [
        ("onwer=Rep", 2, "there is no field onwer", "did you mean owner? one of title, owner, next, due, status"),
        ("owner=Repp", 65, "the file has no column Repp", "did you mean Rep? its columns: Rep, Step, Tag"),
        ("owner=Tag", 65, "the file has 2 columns called Tag, and owner is to be one of them", "rename one of them"),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(said: str, code: int, message: str, fix: str) -> None:
    """78: unknown and repeated columns."""
    with pytest.raises(OwncaseError) as refusal:
        parse([said]).fitted(["Rep", "Step", "Tag", "Tag"], FIELDS)
    assert (refusal.value.exit, refusal.value.message) == (code, message)
    assert (refusal.value.fix or "").startswith(fix)


def test_a_field_can_be_left_without_a_column() -> None:
    assert parse(["owner="]).fitted(["Owner", "Title"], FIELDS).columns == {"title": ("Title",)}


def test_a_repeated_column_that_nobody_maps_is_no_matter() -> None:
    assert parse(["owner=Rep"]).fitted(["Sprint", "Rep", "Sprint"], FIELDS).columns == {"owner": ("Rep",)}


def test_a_path_through_a_list_fits_whichever_item_it_names() -> None:
    header = ["labels.*.name", "tags", "assignees.*.login"]
    said = parse(["title=labels.0.name", "owner=assignees.*.login", "next=tags.1"])
    assert set(said.fitted(header, FIELDS).columns) == {"title", "owner", "next"}


def test_the_words_of_a_file_are_translated_and_what_is_missing_is_made_up() -> None:
    made = Mapping(
        columns={"owner": ("Rep",), "urgency": ("P",)},
        values={"urgency": {"p1": "hot", "*": "low"}, "owner": {"nobody*": ""}},
        default={"next": "Ask {owner} of {Team} ({None})"},
        closed=("Done", "Done/*"), left_out={"pull.url": "?*"},
    )  # fmt: skip
    record = Record(2, {"Rep": "Ana", "P": " P1 ", "Team": "x"})
    assert [made.value(record, name) for name in ("urgency", "owner", "next")] == ["hot", "Ana", "Ask Ana of x ()"]
    assert made.value(Record(3, {"Rep": "nobody@x.example", "P": "p9"}), "owner") is None
    assert [made.ends(status) for status in ("Done/ok", "done", None)] == [True, False, False]
    assert [made.leaves_out(Record(1, cells)) for cells in ({}, {"pull.url": "x"})] == [False, True]


def test_a_mapping_with_a_name_is_kept_for_the_user_alone_and_found_again(settings: Settings) -> None:
    path = mapping_file.save(
        settings, "crm", parse(["owner=Rep"]) | Mapping(dates="dmy", source="crm", closed=("Won",))
    )
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    found = mapping_file.find(settings, "crm")
    assert (found.columns, found.dates, found.source, found.closed) == ({"owner": ("Rep",)}, "dmy", "crm", ("Won",))
    with pytest.raises(OwncaseError, match="no column Rep"):
        found.fitted(["Name"], FIELDS)
    mapping_file.save(settings, "crm", parse(["owner=Agent"]))
    assert mapping_file.find(settings, "crm").columns == {"owner": ("Agent",)}
    assert [item.name for item in path.parent.iterdir()] == ["crm.toml"]


def test_every_shipped_mapping_comes_back_the_same_after_being_kept(settings: Settings) -> None:
    for row in mapping_file.listed(settings):
        shipped = mapping_file.find(settings, row["mapping"])
        mapping_file.save(settings, row["mapping"], shipped)
        assert mapping_file.find(settings, row["mapping"]) == shipped
    assert {row["origin"] for row in mapping_file.listed(settings)} == {"yours"}


@pytest.mark.parametrize("name", ["../x", "", "A", "x/y", "a" * 33])
def test_a_name_is_never_a_path(settings: Settings, name: str) -> None:
    with pytest.raises(NotFound):
        mapping_file.find(settings, name)
    with pytest.raises(UsageProblem):
        mapping_file.save(settings, name, Mapping())


def test_a_near_name_is_offered(settings: Settings) -> None:
    with pytest.raises(NotFound) as refusal:
        mapping_file.find(settings, "gihub")
    assert (refusal.value.fix or "").startswith("did you mean github? one of bugzilla, github, jira")


@pytest.mark.parametrize(
    "text", ["[columns", "columns = 1", "[columns]\nowner = 1", "closed = 1", "dates = 2", "a = " + "[" * 9_999]
)
def test_a_damaged_mapping_is_named(settings: Settings, tmp_path: Path, text: str) -> None:
    path = tmp_path / "config" / "owncase" / "mappings" / "crm.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text)
    with pytest.raises(Misconfigured, match=r"crm\.toml cannot be read"):
        mapping_file.find(settings, "crm")


def test_only_files_are_listed_as_mappings(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "config" / "owncase" / "mappings"
    folder.mkdir(parents=True)
    os.mkfifo(folder / "crm.toml")
    assert "crm" not in [row["mapping"] for row in mapping_file.listed(settings)]


def test_shipped_mappings_say_what_they_are_for_and_use_known_words() -> None:
    for path in mapping_file.SHIPPED.glob("*.toml"):
        said = tomllib.loads(path.read_text("utf-8"))
        assert said["about"]
        assert said["source"] == path.stem
        assert set(said.get("values", {}).get("urgency", {}).values()) <= {"hot", "high", "normal", "low"}


def test_a_file_in_which_no_column_is_a_field_says_which_columns_it_has() -> None:
    with pytest.raises(NoSuchColumn) as refused:
        Mapping().fitted(["Wer", "Was", "Kunde"], FIELDS)
    assert "no column is called like a field" in refused.value.message
    assert str(refused.value.fix).endswith("its columns: Wer, Was, Kunde")
