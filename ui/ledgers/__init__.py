"""The parts of the page of the ledgers (台账): list with form, and figures; each built from the ledger's declaration alone."""
