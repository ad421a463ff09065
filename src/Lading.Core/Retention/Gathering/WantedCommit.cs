namespace Lading.Retention.Gathering;

/// <summary>A commit that git still leads to.</summary>
/// <param name="Name">What git finds it by: the id of a commit, or of a tag that leads to one.</param>
/// <param name="Reason">What leads to it: <c>the tip of branch main</c>.</param>
internal sealed record WantedCommit(string Name, string Reason);
