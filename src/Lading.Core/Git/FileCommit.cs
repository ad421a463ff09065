namespace Lading.Git;

/// <summary>A commit that changed a file.</summary>
/// <param name="Id">The commit.</param>
/// <param name="Subject">The first line of its message.</param>
/// <param name="IsUndone">True if it is on the side that was left, so that its change is taken back.</param>
internal sealed record FileCommit(ObjectId Id, string Subject, bool IsUndone);
