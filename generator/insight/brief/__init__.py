"""The outreach brief: worksheets, common ground, offers, introductions and the contact log."""
