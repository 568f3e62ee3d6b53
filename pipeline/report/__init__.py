"""The HTML report over an output folder: one file that loads nothing.

tables --> reading (what was read, what failed)                        --> page --> report.html
       --> entities (with a timeline each, and examples of mentions)   -->
"""
