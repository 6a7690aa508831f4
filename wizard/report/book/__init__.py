"""A whole pathway as one page for a browser, which reasons as the wizard does."""
