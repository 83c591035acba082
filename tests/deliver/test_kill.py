"""kill -9 in the middle of writing mails: every file that bears a mail's name is whole."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from curator.deliver.files import FileMailer

MAILS, ROUNDS = 60, 12
WRITER = f"""
import sys
from pathlib import Path
from curator.deliver.files import FileMailer
with FileMailer(Path(sys.argv[1]), "update-1") as mailer:
    print("ready", flush=True)
    for number in range({MAILS}):
        body = str(number) * 20000
        message = f"Message-ID: <{{number}}@example.org>\\r\\n\\r\\n{{body}}\\r\\n".encode()
        mailer.send(message, "update@example.org", f"p{{number}}@example.org")
"""


def killed_after(seconds: float, outbox: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", WRITER, str(outbox)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(seconds)  # the moment of death is the input here
        process.kill()


def test_killed_again_and_again_no_file_is_half_a_mail(tmp_path: Path) -> None:
    moments = random.Random(7)
    for _ in range(ROUNDS):
        killed_after(moments.uniform(0, 0.1), tmp_path)
        for file in (tmp_path / "update-1").glob("*.eml"):
            number = file.name.partition("-")[0].removeprefix("p")
            assert file.read_bytes().endswith(b"\r\n\r\n" + number.encode() * 20000 + b"\r\n")
    subprocess.run([sys.executable, "-c", WRITER, str(tmp_path)], check=True, stdout=subprocess.DEVNULL)
    mailer = FileMailer(tmp_path, "update-1")
    assert all(mailer.fate(f"<{number}@example.org>") == "sent" for number in range(MAILS))
    assert len(list((tmp_path / "update-1").iterdir())) == MAILS
