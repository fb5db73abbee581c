"""What is true whatever the database and the screen: no clock, no disk, no network, no SQL."""
