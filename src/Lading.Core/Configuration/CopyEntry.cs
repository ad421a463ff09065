namespace Lading.Configuration;

/// <summary>One entry of <c>copy</c>.</summary>
/// <param name="From">A file, a folder (ends in <c>/</c>: its contents), or a glob, relative to the folder of <c>lading.json</c>.</param>
/// <param name="To">An absolute path in the image; ending in <c>/</c> it is the folder that the files go into.</param>
internal sealed record CopyEntry(string From, string To);
