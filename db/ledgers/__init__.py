"""The models of the ledgers (台账), one module each; `db.models` loads whatever stands here."""
