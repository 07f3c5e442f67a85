"""What a record is made of: from passages to cover, turns and acts."""
