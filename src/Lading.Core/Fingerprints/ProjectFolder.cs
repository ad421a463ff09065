using Lading.Configuration;

namespace Lading.Fingerprints;

/// <summary>The folder of a <c>lading.json</c>, and what the file says as it is in the working tree.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Configuration">As it is in the working tree: where environments are taken from.</param>
internal sealed record ProjectFolder(string Path, LadingConfiguration Configuration);
