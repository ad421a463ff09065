namespace Lading.Fingerprints;

/// <summary>A named build context that is a folder.</summary>
/// <param name="Name">What <c>--from=</c> calls it.</param>
/// <param name="Folder">From the top of the repository.</param>
/// <param name="Files">In byte order of their paths within it.</param>
internal sealed record NamedContext(string Name, string Folder, FolderFiles Files);
