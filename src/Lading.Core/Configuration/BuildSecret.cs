namespace Lading.Configuration;

/// <summary>Where the value of a build secret is read at build time: one of the two is set.</summary>
/// <param name="Environment">The name of an environment variable.</param>
/// <param name="File">The path of a file, relative to the folder of <c>lading.json</c>; <c>~/</c> is the home folder.</param>
internal sealed record BuildSecret(string? Environment, string? File);
