"""The pages of the window, in the order of the navigation; a page is imported when it is first visited."""

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ui.desk.desk import Desk
    from ui.desk.page import Page


class PageEntry(NamedTuple):
    """One page: its key, the word and icon in the navigation, its module and class, and the keys that go there."""

    key: str
    word: str
    picture: str
    module: str
    name: str
    keys: str


PAGES = (
    PageEntry("home", "首页", "home", "ui.pages.home.home_page", "HomePage", "Ctrl+1"),
    PageEntry("checklist", "清单", "list", "ui.pages.checklist.checklist_page", "ChecklistPage", "Ctrl+2"),
    PageEntry("import", "导入", "import", "ui.pages.importing.import_page", "ImportPage", "Ctrl+3"),
    PageEntry("review", "审核", "review", "ui.pages.review.review_page", "ReviewPage", "Ctrl+4"),
    PageEntry("papers", "文书", "pledge", "ui.pages.papers.papers_page", "PapersPage", "Ctrl+5"),
    PageEntry("forces", "专班", "force", "ui.pages.forces.forces_page", "ForcesPage", "Ctrl+6"),
    PageEntry("ledgers", "台账", "ledger", "ui.pages.ledgers.ledgers_page", "LedgersPage", "Ctrl+7"),
    PageEntry("report", "报告", "report", "ui.pages.report.report_page", "ReportPage", "Ctrl+8"),
    PageEntry("organisation", "组织", "people", "ui.pages.organisation.organisation_page", "OrganisationPage", "Ctrl+9"),
    PageEntry("campaign", "年度", "calendar", "ui.pages.campaign.campaign_page", "CampaignPage", "Ctrl+0"),
    PageEntry("agenda", "日程", "done", "ui.pages.agenda.agenda_page", "AgendaPage", "Ctrl+Alt+J"),
    PageEntry("history", "历史", "history", "ui.pages.history.history_page", "HistoryPage", "Ctrl+H"),
    PageEntry("settings", "设置", "settings", "ui.pages.settings.settings_page", "SettingsPage", "Ctrl+,"),
)


def make_page(entry: PageEntry, desk: "Desk") -> "Page":
    """Imports and builds a page."""
    page: Page = getattr(import_module(entry.module), entry.name)(desk)
    return page


def preload() -> None:
    """Loads the page most gone to before anybody goes there; importing it takes a third of its first opening."""
    import_module("ui.pages.checklist.checklist_page")
