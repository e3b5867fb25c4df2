"""The printed documents (PDF): pledges, assignment slips and the report; the one package that uses reportlab."""
