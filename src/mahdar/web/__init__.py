"""The reader in the browser and the API: a site on Django over an archive."""
