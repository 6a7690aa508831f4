"""A driver for Unix terminals that survives whatever they send: odd bytes, senseless reports, stops
and restarts.
"""

import os
from codecs import getincrementaldecoder
from collections.abc import Iterable, Iterator
from selectors import EVENT_READ, SelectSelector
from typing import Final

from textual import constants
from textual._xterm_parser import XTermParser  # what Textual's own driver reads with
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Resize
from textual.message import Message

_AT_ONCE: Final = 4096
_TICK: Final = 0.1
"""Seconds after which the driver looks whether it is to end."""
_ESCAPE: Final = "\x1b"
_PASTE_BEGINS: Final = "\x1b[200~"
_PASTE_ENDS: Final = "\x1b[201~"


class Reader:
    """Reads what a terminal sends as Textual does, and survives what does not make sense.

    Textual decodes strictly (Textual issue 6668), trusts every number in a report, and types what
    follows an escape in a pasted text, so that a paste could answer questions.
    """

    def __init__(self) -> None:
        self._decode = getincrementaldecoder("utf-8")(errors="replace").decode
        self._parser = XTermParser()
        self._last = ""
        self._pasted: list[str] | None = None

    def read(self, sent: bytes) -> Iterator[Message]:
        """What some bytes mean; what is not UTF-8 becomes replacement characters."""
        for letter in self._decode(sent):
            if self._pasted is not None:
                yield from self._paste(letter, self._pasted)
                continue
            yield from self._understood(self._parser.feed(letter))
            self._last = (self._last + letter)[-len(_PASTE_BEGINS) :]
            if self._last == _PASTE_BEGINS:
                self._pasted = []

    @property
    def waits(self) -> bool:
        """Whether an escape came last, which may be the key or begin a sequence."""
        return self._parser._timeout_time is not None  # Textual's own driver asks at every tick

    def wait(self) -> Iterator[Message]:
        """The meaning of what was sent before, once nothing has followed it for a while."""
        yield from self._understood(self._parser.tick())

    def _paste(self, letter: str, pasted: list[str]) -> Iterator[Message]:
        """Take another letter of a paste; once it is whole, what it means without escapes."""
        pasted.append(letter)
        mark = len(_PASTE_ENDS)
        if letter == _PASTE_ENDS[-1] and "".join(pasted[-mark:]) == _PASTE_ENDS:
            self._pasted, self._last = None, ""
            for each in "".join(pasted[:-mark]).replace(_ESCAPE, "") + _PASTE_ENDS:
                yield from self._understood(self._parser.feed(each))

    def _understood(self, messages: Iterable[Message]) -> Iterator[Message]:
        """Leave out a report with impossible numbers: an error in Textual's parser would end it."""
        try:
            yield from messages
        except (ValueError, ArithmeticError):
            self._parser = XTermParser()


class UnixDriver(LinuxDriver):
    """Goes on where Textual's own driver would end its thread, and with it the program."""

    def run_input_thread(self) -> None:
        """Pass on what the terminal sends.

        Raises EOFError where the terminal is gone.
        """
        reader = Reader()
        with SelectSelector() as selector:
            selector.register(self.fileno, EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(constants.ESCAPE_DELAY if reader.waits else _TICK):
                    sent = os.read(self.fileno, _AT_ONCE)
                    if not sent:
                        raise EOFError("the terminal is gone")
                    for message in reader.read(sent):
                        self.process_message(message)
                for message in reader.wait():
                    self.process_message(message)

    def process_message(self, message: Message) -> None:
        """Pass on what was understood, except a size that the terminal does not have."""
        if not isinstance(message, Resize) or message.size == self._get_terminal_size():
            super().process_message(message)

    def _run_input_thread(self) -> None:
        """Leave an error to `threading.excepthook`, as of any other thread."""
        self.run_input_thread()

    def write(self, data: str) -> None:
        """Write; the terminal can be restored even where the thread that writes has failed."""
        writer = self._writer_thread
        if writer is not None and not writer.is_alive():
            self._writer_thread = type(writer)(writer._file)
            self._writer_thread.start()
        super().write(data)

    def resume_application_mode(self) -> None:
        """Take the terminal again, and say so; release it first if SIGSTOP left no time to."""
        if self._key_thread is not None and self._key_thread.is_alive():
            self.suspend_application_mode()
        super().resume_application_mode()
        self.send_message(self.SignalResume())
