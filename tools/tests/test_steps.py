"""Set-up steps: done once, done again when something is amiss."""

import subprocess
import sys

import pytest

from tools import steps

pytestmark = pytest.mark.usefixtures("dev")


@pytest.fixture
def done():
    """The words of the work that was really done."""
    return []


@pytest.fixture
def step(done):
    def step(fingerprint="a", confirmed=True, work=None):
        return steps.step("tree", fingerprint, lambda: confirmed, work or (lambda: done.append(1)))

    return step


def test_step_is_done_the_first_time(step, done):
    assert step() is True
    assert done == [1]


def test_step_whose_stamp_fits_is_skipped(step, done):
    step()
    assert step() is False
    assert done == [1]


def test_step_made_from_something_else_is_done_again(step, done):
    step("a")
    assert step("b") is True
    assert step("b") is False
    assert len(done) == 2


def test_step_whose_result_is_broken_is_repaired(step, done):
    step()
    assert step(confirmed=False) is True
    assert len(done) == 2


def test_interrupted_step_is_done_again(step, done):
    def interrupted():
        done.append("half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        step(work=interrupted)
    assert step() is True
    assert done == ["half", 1]


def test_interrupted_repair_leaves_no_stamp_of_the_time_before(step, done):
    def interrupted():
        raise KeyboardInterrupt

    step()
    with pytest.raises(KeyboardInterrupt):
        step(confirmed=False, work=interrupted)
    assert step() is True


def test_one_line_is_printed_for_what_was_done_and_none_for_what_was_not(step, capsys):
    step(work=lambda: "unpacked")
    line = capsys.readouterr().err
    assert line.split()[:2] == ["tree", "unpacked"] and line.count("\n") == 1
    step()
    assert capsys.readouterr().err == ""


def test_fingerprint_follows_every_part():
    assert steps.key("a", 1) == steps.key("a", "1")
    assert len({steps.key("a", "b"), steps.key("ab"), steps.key("b", "a")}) == 3


def test_output_of_a_command_is_in_its_log(dev):
    log = steps.run("hello", [sys.executable, "-c", "print('out')"])
    assert log == dev / "logs" / "hello.log"
    assert log.read_text() == "out\n"


def test_failing_command_shows_the_end_of_its_log_and_stops(capsys):
    code = "print('much'); print('the reason'); raise SystemExit(3)"
    with pytest.raises(steps.StepFailed, match=r"hello failed \(3\).*hello\.log"):
        steps.run("hello", [sys.executable, "-c", code])
    assert "the reason" in capsys.readouterr().err


def test_failed_step_ends_the_program_with_its_message_and_no_traceback(capsys):
    def work():
        raise steps.StepFailed("There is no room.")

    assert steps.told(work) == 1
    assert capsys.readouterr().err == "There is no room.\n"
    assert steps.told(lambda: 2) == 2


def test_second_command_waits_for_the_first_to_set_up(dev):
    code = (
        "import pathlib, sys\nfrom tools import paths, steps\npaths.DEV = pathlib.Path(sys.argv[1])"
        "\nprint('waiting', flush=True)\nwith steps.lock():\n    print((paths.DEV / 'x').exists())"
    )
    with steps.lock():
        other = subprocess.Popen(
            [sys.executable, "-c", code, str(dev)], stdout=subprocess.PIPE, text=True
        )
        assert other.stdout.readline() == "waiting\n"
        (dev / "x").touch()
    assert other.communicate()[0] == "True\n"
