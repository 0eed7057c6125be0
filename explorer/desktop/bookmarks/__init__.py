"""What has a person marked in the log, by which name, and how do they come back to it?"""
