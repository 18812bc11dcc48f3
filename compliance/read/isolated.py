"""Reading files in a process that can be killed: by time, and by memory of it and its children."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from queue import Empty, Queue
from threading import Lock, Thread

from compliance.model.document import Document
from compliance.model.status import Access
from compliance.read.extract import Job
from compliance.read.frozen import thaw

_STEP = 0.1


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one file: seconds and bytes of memory, for text and with recognition. `jobs`: the process is
    started anew after so many files, since native libraries keep memory."""

    text_seconds: float = 40.0
    ocr_seconds: float = 240.0
    text_memory: int = 700 * 1024 * 1024
    ocr_memory: int = 1400 * 1024 * 1024
    idle_memory: int = 220 * 1024 * 1024
    jobs: int = 150


class Extractor:
    """Reads files one after the other in a worker process. Use as a context manager, or call `close`."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: Queue[bytes | None] = Queue()
        self._done = 0
        self._lock = Lock()
        self.peak = 0

    def extract(self, body: bytes, job: Job) -> Document:
        """The Document of a file. Never raises for what a file holds: too slow is timeout, too much memory too_large."""
        with self._lock:
            process = self._started()
            seconds = self.limits.ocr_seconds if job.ocr else self.limits.text_seconds
            memory = self.limits.ocr_memory if job.ocr else self.limits.text_memory
            head = json.dumps({"job": asdict(job), "size": len(body)}).encode() + b"\n"
            # Writing may block while a broken reader does not read: it counts as time too.
            writer = Thread(target=_send, args=(process, head + body), daemon=True)
            writer.start()
            deadline = time.monotonic() + seconds
            while True:
                try:
                    answer = self._answers.get(timeout=_STEP)
                except Empty:
                    if time.monotonic() > deadline:
                        self._kill()
                        return Document("", "other", job.title, access=Access.TIMEOUT, detail="reading")
                    if self._memory() > memory:
                        self._kill()
                        return Document("", "other", job.title, access=Access.TOO_LARGE, detail="memory")
                    continue
                if answer is None:
                    self._kill()
                    return Document("", "other", job.title, access=Access.UNREADABLE, detail="reader failed")
                self._done += 1
                if self._done >= self.limits.jobs or self._memory() > self.limits.idle_memory * (4 if job.ocr else 1):
                    self._kill()
                return thaw(answer, title=job.title)

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._answers = Queue()
        self._done = 0
        # -P: a file called compliance.py in the user's folder is not ours.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "compliance.read.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        Thread(target=_receive, args=(self._process, self._answers), daemon=True).start()
        return self._process

    def _memory(self) -> int:
        """Resident bytes of the worker and its children."""
        import psutil

        if self._process is None:
            return 0
        total = 0
        try:
            worker = psutil.Process(self._process.pid)
            for process in (worker, *worker.children(recursive=True)):
                try:
                    total += process.memory_info().rss
                except psutil.NoSuchProcess:
                    continue
        except psutil.NoSuchProcess:
            return 0
        self.peak = max(self.peak, total)
        return total

    def _kill(self) -> None:
        import psutil

        process, self._process = self._process, None
        if process is None:
            return
        try:
            children = psutil.Process(process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            children = []
        process.kill()
        for child in children:
            try:
                child.kill()
            except psutil.NoSuchProcess:
                continue
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue

    def close(self) -> None:
        """Ends the worker."""
        with self._lock:
            self._kill()

    def __enter__(self) -> Extractor:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _send(process: subprocess.Popen[bytes], data: bytes) -> None:
    assert process.stdin is not None
    try:
        process.stdin.write(data)
        process.stdin.flush()
    except (OSError, ValueError):
        return


def _receive(process: subprocess.Popen[bytes], answers: Queue[bytes | None]) -> None:
    assert process.stdout is not None
    try:
        while line := process.stdout.readline():
            size = int(line)
            answer = process.stdout.read(size)
            if len(answer) < size:
                break
            answers.put(answer)
    except (OSError, ValueError):
        pass
    answers.put(None)
