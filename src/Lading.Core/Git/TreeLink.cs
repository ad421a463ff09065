namespace Lading.Git;

/// <summary>A symbolic link on the way to something.</summary>
/// <param name="Path">From the top of the repository.</param>
/// <param name="Id">The object that holds its target.</param>
/// <param name="Target">What it points to, as written.</param>
internal sealed record TreeLink(string Path, ObjectId Id, string Target);
