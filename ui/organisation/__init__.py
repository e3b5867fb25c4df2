"""The parts of the page of the organisation: tree, lists beside the form, and what is asked before a step."""
