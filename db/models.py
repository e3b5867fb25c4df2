"""All models in one place, so that the metadata is complete wherever it is needed."""

import pkgutil
from importlib import import_module

from db import ledgers
from db.attachments import Attachment
from db.base import Base, Entry, Record
from db.campaign import Campaign, Category, Dimension, ListKind
from db.checklist import Task
from db.corrections import Correction
from db.doubts import Doubt
from db.extensions import Extension
from db.follow_ups import FollowUp
from db.forces import ForceMember, ForceUnit, TaskForce
from db.light_rules import LightRules
from db.log import Counter, Draft, Habit, ImportBatch, ImportFile, JournalEntry, Operation, Setting, Snapshot
from db.organisation import Membership, Person, Post, Unit, UnitChange
from db.papers import Paper, PaperTask, WordingVersion
from db.queries import Query
from db.sources import Decision, Incoming
from db.supervision import Draw, Finding, Inspection, Notice
from db.task_parts import Cooperation, Funding, FurtherCategory, Milestone, Occurrence, Quantity, Responsibility, Step

for _found in pkgutil.iter_modules(ledgers.__path__):
    import_module(f"db.ledgers.{_found.name}")

__all__ = [
    "Attachment", "Base", "Campaign", "Category", "Cooperation", "Correction", "Counter", "Decision", "Dimension", "Doubt",
    "Draft", "Draw", "Entry", "Extension", "Finding", "FollowUp", "ForceMember", "ForceUnit", "Funding", "FurtherCategory",
    "Habit", "ImportBatch", "ImportFile", "Incoming", "Inspection", "JournalEntry", "LightRules", "ListKind", "Membership",
    "Milestone", "Notice", "Occurrence", "Operation", "Paper", "PaperTask", "Person", "Post", "Quantity", "Query", "Record",
    "Responsibility", "Setting", "Snapshot", "Step", "Task", "TaskForce", "Unit", "UnitChange", "WordingVersion",
]  # fmt: skip
