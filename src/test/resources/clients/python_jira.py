"""What a person does in Jira, by the Python client as it is installed: search, create, edit, transition,
comment, link, delete. Ends with an error at the first thing that is not as it should be.

usage: python_jira.py URL USER TOKEN
"""
import io
import sys

from jira import JIRA, JIRAError

url, user, token = sys.argv[1:]
jira = JIRA(server=url, basic_auth=(user, token), max_retries=0)
cloud = jira.deploymentType == "Cloud"
me = jira.myself()["accountId" if cloud else "name"]


def same(found, wanted):
    assert found == wanted, f"{found!r} is not {wanted!r}"


# Create: one by one, with every usual field, and many at once with one that is wrong.
one = jira.create_issue(
    project="SEC", summary="By Python", description="h2. Found\n* one\n* two", issuetype={"name": "Task"}, labels=["py"]
)
two = jira.create_issue(
    fields={
        "project": {"key": "SEC"},
        "summary": "Second",
        "issuetype": {"name": "Bug"},
        "priority": {"name": "High"},
        "duedate": "2027-01-31",
    }
)
same((two.fields.priority.name, two.fields.duedate, two.fields.issuetype.name), ("High", "2027-01-31", "Bug"))
many = jira.create_issues(
    [
        {"project": "SEC", "summary": "Third", "issuetype": "Task", "labels": ["py"]},
        {"project": "SEC", "summary": "Wrong", "issuetype": "Task", "labels": ["two words"]},
    ]
)
same([result["status"] for result in many], ["Success", "Error"])

# Search: a page, everything, the raw answer, and a query that is wrong.
same({issue.key for issue in jira.search_issues("project = SEC AND labels = py")}, {one.key, many[0]["issue"].key})
same(len(jira.search_issues("labels = py ORDER BY key", maxResults=1, fields="summary,status")), 1)
same(len(jira.search_issues("labels = py", maxResults=False)), 2)
same(jira.search_issues("labels = py", json_result=True)["issues"][0]["fields"]["labels"], ["py"])
try:
    jira.search_issues("labels = = py")
    raise AssertionError("a query that is wrong was answered")
except JIRAError as e:
    same(e.status_code, 400)

# Edit.
one.update(summary="Edited by Python", fields={"duedate": "2027-02-03"})
one.update(update={"labels": [{"add": "more"}, {"remove": "py"}]})
one.update(assignee={"accountId": me} if cloud else {"name": me})
same((one.fields.summary, one.fields.duedate, one.fields.labels), ("Edited by Python", "2027-02-03", ["more"]))
jira.assign_issue(one, None)
same(jira.issue(one.key).fields.assignee, None)
jira.assign_issue(one, user)
same(jira.issue(one.key, fields="assignee").fields.assignee.displayName, jira.myself()["displayName"])

# Transition: by name, by id.
jira.transition_issue(one, "In Progress", comment="on it")
same(jira.issue(one.key).fields.status.name, "In Progress")
jira.transition_issue(one, jira.find_transitionid_by_name(one, "Done"))
same(jira.issue(one.key).fields.status.statusCategory.key, "done")

# Comment.
comment = jira.add_comment(one, "a *comment*")
comment.update(body="an edited comment")
jira.add_comment(one, "for some", visibility={"type": "role", "value": "Developers"})
same([each.body for each in jira.comments(one)], ["on it", "an edited comment", "for some"])
comment.delete()
same(len(jira.comments(one)), 2)

# Link, inside and outside.
jira.create_issue_link("Blocks", one, two)
link = jira.issue(one.key).fields.issuelinks[0]
same((link.type.name, link.outwardIssue.key), ("Blocks", two.key))
link.delete()
same(jira.issue(one.key).fields.issuelinks, [])
jira.add_simple_link(one, {"url": "https://example.com/1", "title": "outside"})
same([each.object.title for each in jira.remote_links(one)], ["outside"])

# What hangs beside.
jira.add_watcher(one, me)
same(jira.watchers(one).watchCount, 1)
jira.add_worklog(one, "1h 30m", comment="worked")
same([each.timeSpent for each in jira.worklogs(one)], ["1h 30m"])
attachment = jira.add_attachment(one, io.BytesIO(b"\x00bytes"), filename="a.bin")
same(jira.attachment(attachment.id).get(), b"\x00bytes")

# Delete.
for issue in (one, two, many[0]["issue"]):
    issue.delete()
try:
    jira.issue(one.key)
    raise AssertionError("what was deleted is still there")
except JIRAError as e:
    same(e.status_code, 404)
print("all is as it should be on", jira.deploymentType)
