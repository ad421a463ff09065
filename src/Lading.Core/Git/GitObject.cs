namespace Lading.Git;

/// <summary>An object of a git repository.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Type"><c>blob</c>, <c>tree</c>, <c>commit</c> or <c>tag</c>.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record GitObject(ObjectId Id, string Type, byte[] Content);
