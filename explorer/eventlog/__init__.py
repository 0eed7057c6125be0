"""What is an event, and how are logs of them read, and appended to?"""
