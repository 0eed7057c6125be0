"""One module for each part of the timeline: how does one see the whole log as a strip, and drag through it?"""
