"""An assessment as a document: text, Markdown and JSON.  Lays out what `wizard.wording` says."""
