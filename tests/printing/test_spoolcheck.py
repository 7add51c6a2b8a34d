"""What CUPS would keep of printed pages, told from its settings; and that the handbook's settings keep nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from printing.spoolcheck import Flaw, Spool, judge, look

HANDBOOK = Path(__file__).parents[2] / "installer" / "handbook.md"
AS_DEBIAN_SHIPS_IT = """
LogLevel warn
PageLogFormat
MaxLogSize 0
ErrorPolicy retry-job
# Only listen for connections from the local machine.
Listen localhost:631
Listen /run/cups/cups.sock
Browsing Yes
BrowseLocalProtocols dnssd
DefaultAuthType Basic
WebInterface Yes
<Location />
  Order allow,deny
</Location>
"""
DISK = "/dev/sda1 / ext4 rw 0 0\n"
MEMORY = DISK + "tmpfs /var/spool/cups tmpfs rw 0 0\n"


def advised() -> str:
    """The block of the handbook that is to be copied into cupsd.conf."""
    (block,) = re.findall(r"```\n(Listen .*?)```", HANDBOOK.read_text(encoding="utf-8"), re.DOTALL)
    return block


def test_the_settings_of_the_handbook_have_no_flaw():
    assert judge(advised(), "", MEMORY) == ()


def test_every_setting_of_the_handbook_is_missed_when_it_stands_otherwise():
    for line in advised().splitlines():
        setting = line.split()[0]
        other = advised().replace(line, f"{setting} localhost:631" if setting == "Listen" else f"{setting} Yes")
        assert [flaw.setting for flaw in judge(other, "", MEMORY)] == [setting]


def test_what_debian_ships_is_told_setting_by_setting():
    told = judge(AS_DEBIAN_SHIPS_IT, "", DISK)
    assert [str(flaw) for flaw in told] == [
        "PreserveJobFiles → No",
        "PreserveJobHistory → No",
        "Browsing Yes → No",
        "WebInterface Yes → No",
        "ErrorPolicy retry-job → retry-current-job",
        "Listen localhost:631 → /run/cups/cups.sock",
        "RequestRoot /var/spool/cups (ext4) → tmpfs",
        "TempDir /var/spool/cups/tmp (ext4) → tmpfs",
    ]


@pytest.mark.parametrize("value", ["No", "no", "Off", "false", "0", "Disabled"])
def test_cups_s_own_words_for_no_are_known(value: str):
    text = advised().replace("PreserveJobFiles No", f"preservejobfiles\t{value}  # none")
    assert judge(text, "", MEMORY) == ()


@pytest.mark.parametrize("value", ["Yes", "1d", "86400", ""])
def test_anything_else_keeps_pages(value: str):
    text = advised().replace("PreserveJobFiles No", f"PreserveJobFiles {value}".strip())
    assert judge(text, "", MEMORY) == (Flaw("PreserveJobFiles", value, "No"),)


def test_the_later_of_two_lines_counts_and_a_remark_counts_for_nothing():
    assert judge(advised() + "PreserveJobFiles Yes\n", "", MEMORY) == (Flaw("PreserveJobFiles", "Yes", "No"),)
    assert judge("PreserveJobFiles Yes\n" + advised() + "#PreserveJobFiles Yes\n", "", MEMORY) == ()


@pytest.mark.parametrize("line", ["Port 631", "Listen *:631", "SSLListen 10.0.0.1:443", "Listen [::1]:631"])
def test_every_way_in_but_the_service_s_file_is_told(line: str):
    setting, value = line.split()
    assert judge(advised() + line, "", MEMORY) == (Flaw(setting, value, "/run/cups/cups.sock"),)


def test_a_spool_elsewhere_is_looked_for_there():
    mounts = DISK + "tmpfs /run tmpfs rw 0 0\n/dev/sdb1 /run/cups/disk xfs rw 0 0\n"
    assert judge(advised(), "RequestRoot /run/cups/spool\n", mounts) == ()
    assert judge(advised(), "RequestRoot /run/cups/spool\nTempDir /run/cups/disk/t", mounts) == (
        Flaw("TempDir", "/run/cups/disk/t (xfs)", "tmpfs"),
    )


def test_where_the_mounts_are_not_known_nothing_is_said_of_the_disk():
    assert judge(advised(), "", "") == judge(advised(), "", "garbage") == ()


def test_a_pc_without_cups_has_no_spool_to_tell_of(tmp_path: Path):
    assert look(tmp_path) is None


def test_the_files_of_this_pc_are_read(tmp_path: Path):
    (tmp_path / "cupsd.conf").write_text(advised(), encoding="utf-8")
    (tmp_path / "mounts").write_text(DISK, encoding="utf-8")
    flaws = (
        Flaw("RequestRoot", "/var/spool/cups (ext4)", "tmpfs"),
        Flaw("TempDir", "/var/spool/cups/tmp (ext4)", "tmpfs"),
    )
    assert look(tmp_path, tmp_path / "mounts") == Spool(flaws)
    (tmp_path / "cups-files.conf").mkdir()
    assert look(tmp_path, tmp_path / "mounts") == Spool(None), "settings that may not be read are not called good"
