using Lading.Configuration;

namespace Lading.Fingerprints;

/// <summary>The folder of a <c>lading.json</c>, and the file's content in the working tree.</summary>
/// <param name="Path">Its absolute path.</param>
/// <param name="Configuration">The configuration in the working tree, which environments come from.</param>
internal sealed record ProjectFolder(string Path, LadingConfiguration Configuration);
