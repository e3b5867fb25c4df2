"""All models in one place, so that the metadata is complete wherever it is needed."""

from db.base import Base, Record
from db.campaign import Campaign, Category, Dimension
from db.checklist import Milestone, Responsibility, Task
from db.log import Counter, ImportBatch, ImportFile, JournalEntry, Operation, Setting, Snapshot
from db.organisation import Person, Post, Unit
from db.papers import Pledge

__all__ = [
    "Base", "Campaign", "Category", "Counter", "Dimension", "ImportBatch", "ImportFile", "JournalEntry", "Milestone", "Operation",
    "Person", "Pledge", "Post", "Record", "Responsibility", "Setting", "Snapshot", "Task", "Unit",
]  # fmt: skip
