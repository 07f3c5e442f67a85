"""The pages of the site: each takes a request and answers, also as data where there is some."""
