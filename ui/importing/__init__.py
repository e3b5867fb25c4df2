"""The import page's parts beside the preview: the run at hand, earlier imports, who sent what, what was corrected, templates."""
