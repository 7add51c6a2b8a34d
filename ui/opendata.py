"""The data that is open: which generation it is, how old, what has changed since the former one; and to another one.

And the plan that came with the newest, whether anything is open or not.
"""

from __future__ import annotations

from abc import abstractmethod
from datetime import datetime
from typing import TYPE_CHECKING

from backupreader.language import Language
from backupreader.settings import Settings
from ui.beside import Beside
from ui.comparing import Comparing
from ui.look import Look, State
from ui.opening import closed
from ui.tasks import Desk

if TYPE_CHECKING:
    from backupreader.domain.changes import Changes
    from backupreader.store.answers import GenerationInfo
    from backupreader.store.choosable import Choosable
    from backupreader.store.plans import Carried
    from backupreader.store.reader import Reader
    from backupreader.store.session import Session
    from ui.opening import Opened
    from ui.practice import Practise
    from ui.rows import Mark
    from ui.standing import Standing


class OpenData(Beside):
    """See the module. `info` and `session` are None while locked; `older` is data that a person chose."""

    def __init__(self, settings: Settings, language: Language, look: Look, practise: Practise | None) -> None:
        super().__init__(language, look, practise)
        self.settings = settings
        self.desk: Desk[Reader] = Desk("reader", closed, self)
        self.press: Desk[None] = Desk("press", _nothing, self, held=(None,))
        self.comparing = Comparing(settings, self)
        self.info: GenerationInfo | None = None
        self.session: Session | None = None
        self.standing: Standing | None = None
        self.plan: Carried | None = None
        self.older = False
        self._plan_line = self.press.line()
        self._choice_line, self._former_line = self.desk.line(), self.press.line()
        self.comparing.told.connect(self._compared)

    @abstractmethod
    def now(self) -> datetime:
        """The site's wall clock."""

    @abstractmethod
    def unlocked(self, opened: Opened) -> None:
        """A generation is open."""

    @property
    def open_standing(self) -> Standing | None:
        """How the data stands that is open, which may be older than the newest; None while locked."""
        if self.info is None:
            return None
        from ui.standing import Standing

        position, expected = (self.info.epoch, self.info.seq), self.info.next_expected
        return Standing(taken_at=self.info.taken_at, position=position, next_expected=expected)

    @property
    def changes(self) -> Changes | None:
        """What has changed since the former data; None while that is not known, and while locked."""
        return self.comparing.changes

    def read_plan(self) -> None:
        """Have the plan read that came with the data."""
        from ui.plan import reading

        self._plan_line.ask(reading(self.settings, self.now()), self._planned, self.tell)

    def _planned(self, plan: Carried) -> None:
        self.plan = plan
        if self.screen_now is not None:
            self.screen_now.minute()

    def _compared(self) -> None:
        if self.screen_now is not None:
            self.screen_now.minute()

    def said_outage(self) -> tuple[Mark, ...]:
        """What is said on every open page of the outage that goes on; its own page, and the start page, say it."""
        here = self.standing.here if self.standing is not None else None
        shown = self.screen_now is not None and self.screen_now.name not in {"start", "outage"}
        if here is None or here.event is None or self.info is None or not shown:
            return ()
        from backupreader.domain.planpapers import BARE
        from ui.plan import plan_of
        from ui.telling.outage import band

        plan = plan_of(self.plan, self.session) or BARE
        return band(here.event, plan, self.now(), self.settings.shifts, self.language)

    def said_older(self) -> str:
        """What is said on every page while she reads older data by her choice; the start page says it itself."""
        standing = self.open_standing
        if not self.older or standing is None or self.screen_now is None or self.screen_now.name == "start":
            return ""
        from ui.standing import older

        return older(standing, self.now(), self.language)

    def choose(self, generation: str | None) -> None:
        """Open another generation in the same session; the open one stays where it does not open."""
        from ui.opening import reopening

        self.let_bundle_end()
        if self.session is not None:
            self.tell_doing(self.language.text("Opening other data …"))
            work = reopening(self.settings, self.session, generation)
            self._choice_line.open(work, self.unlocked, self.not_done)

    def to_former(self) -> None:
        """F7: open the newest data that is older than what is open; where older data is open, the newest again."""
        from ui.telling.generations import choosing

        if self.older:
            self.choose(None)
        elif self.session is not None:
            self._former_line.ask(choosing(self.settings), self._to_former, self.tell)

    def _to_former(self, found: tuple[Choosable, ...]) -> None:
        from ui.telling.generations import former

        if self.info is None:
            return
        one = former(found, self.info)
        if one is not None:
            self.choose(one.name)
        else:
            self.notice.tell(self.language.text("There is no former data on this PC."), "", State.INFO)

    def tell_tab(self) -> None:
        """Write on the tab how old the data is, or that nobody here is real."""
        standing = self.open_standing or self.standing
        if self.practice:
            from ui.practice import practice_tab

            self.frame.tell(practice_tab(standing, self.now(), self.language, self.settings.timezone()))
            return
        if standing is None:
            self.frame.tell(self.language.text("BACKUP · read only"))
            return
        from ui.standing import tab

        self.frame.tell(tab(standing, self.now(), self.language, older=self.older))

    def forget_others(self) -> None:
        """No other generation is wanted any more, and what has changed is no longer known."""
        self._choice_line.hang_up()
        self._former_line.hang_up()
        self.comparing.forget()


def _nothing(_held: None) -> None:
    """The press holds nothing that could be let go of."""
