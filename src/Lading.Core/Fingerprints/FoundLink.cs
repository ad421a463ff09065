using Lading.Context;
using Lading.Git;

namespace Lading.Fingerprints;

/// <summary>A symbolic link that an engine follows.</summary>
/// <param name="Path">Within the context.</param>
/// <param name="Target">The object that holds what it points to.</param>
/// <param name="Source">What names it, or something behind it.</param>
/// <param name="Behind">How many steps of the source are behind, the link among them.</param>
internal sealed record FoundLink(string Path, ObjectId Target, ContextPattern Source, int Behind);
