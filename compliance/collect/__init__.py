"""Gets what a village publishes, politely, and keeps what it got."""
