"""Reports of failed delivery, as files hold them (RFC 3464)."""

import mailbox

import pytest

from tests.lib.mail_reports import HEADERS_ONLY, NO_LETTER, OF_ONE, OUT_OF_OFFICE, report
from torg.errors import SurveyError
from torg.site.answers.reports import read_reports

ID = "<1@towns.example>"


def read(path, *texts, name="{}.eml"):
    for number, text in enumerate(texts):
        (path / name.format(number)).write_text(text)
    return list(read_reports([path]))


@pytest.mark.parametrize("text", [OF_ONE, HEADERS_ONLY])
def test_the_letter_is_known_by_its_id(tmp_path, text):
    (found,) = read(tmp_path, report(text, message_id=ID, to="a@b.example"))
    assert (found.is_failure, found.message_id, found.address) == (True, ID, "a@b.example")


def test_a_report_without_the_letter_names_only_the_address(tmp_path):
    (found,) = read(tmp_path, report(NO_LETTER, to="a@b.example"))
    assert (found.is_failure, found.message_id, found.address) == (True, None, "a@b.example")


@pytest.mark.parametrize(
    ("action", "failed", "delayed"),
    [("failed", True, False), ("Delayed", False, True), ("delivered", False, False)],
)
def test_what_became_of_it(tmp_path, action, failed, delayed):
    (found,) = read(tmp_path, report(OF_ONE, action=action))
    assert (found.is_failure, found.is_delay) == (failed, delayed)


def test_a_letter_that_is_no_report_is_counted(tmp_path):
    (found,) = read(tmp_path, OUT_OF_OFFICE)
    assert (found.action, found.is_failure) == ("", False)


def test_an_mbox(tmp_path):
    path = tmp_path / "box"
    box = mailbox.mbox(path)
    for text in (report(OF_ONE), OUT_OF_OFFICE, report(NO_LETTER)):
        box.add(text.encode())
    box.close()
    assert [each.is_failure for each in read_reports([path])] == [True, False, True]


def test_a_maildir_and_a_folder_of_files(tmp_path):
    box = mailbox.Maildir(tmp_path / "dir")
    box.add(report(OF_ONE).encode())
    box.close()
    (tmp_path / "one.eml").write_text(report(NO_LETTER))
    assert [each.is_failure for each in read_reports([tmp_path])] == [True, True]


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe\x00", b"Content-Type: multipart/report\n\n--"])
def test_what_is_no_letter_is_no_failure(tmp_path, raw):
    (tmp_path / "x.eml").write_bytes(raw)
    assert not any(each.is_failure for each in read_reports([tmp_path]))


def test_a_path_that_is_not_there(tmp_path):
    with pytest.raises(SurveyError, match=r"nothing is not there: name an \.eml"):
        list(read_reports([tmp_path / "nothing"]))


NESTED = "Content-Type: message/rfc822\n\n" * 2000
OF_NO_ENCODING = """\
Content-Type: multipart/report; boundary="b"

--b
Content-Type: message/delivery-status

Final-Recipient: rfc822; a@b.example

Action: failed

--b
Content-Type: text/rfc822-headers; charset=nothing

Message-ID: <1@towns.example>
--b--
"""


@pytest.mark.parametrize("text", [NESTED, OF_NO_ENCODING], ids=["nested", "no encoding"])
def test_a_letter_that_somebody_made_up_does_not_stop_the_others(tmp_path, text):
    made_up, found = read(tmp_path, text, report(OF_ONE, message_id=ID, to="a@b.example"))
    assert made_up.action == ""
    assert found.message_id == ID
