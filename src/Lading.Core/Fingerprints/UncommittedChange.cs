namespace Lading.Fingerprints;

/// <summary>An uncommitted change of an image's inputs.</summary>
/// <param name="Kind">As <see cref="Lading.Git.WorkingChange"/> has it.</param>
/// <param name="What">A path from the top of the repository, or a part of Lading's own files: <c>lading.json (images.web)</c>.</param>
internal sealed record UncommittedChange(char Kind, string What);
