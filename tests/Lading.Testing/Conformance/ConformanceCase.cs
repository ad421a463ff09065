namespace Lading.Testing.Conformance;

/// <summary>A promise of the distribution specification, and how to check that a registry keeps it.</summary>
/// <param name="Name">The promise in words.</param>
/// <param name="Check">Throws if the promise is not kept. Each run has a repository name of its own.</param>
internal sealed record ConformanceCase(string Name, Func<Wire, Task> Check)
{
    /// <summary>The assertions of the specification's conformance suite, profile 1.1 and the next one.</summary>
    public static IReadOnlyList<ConformanceCase> All { get; } =
    [
        .. RegistryCases.All,
        .. BlobCases.All("sha256"),
        .. BlobCases.All("sha512"),
        .. ChunkCases.All("sha256"),
        .. ChunkCases.All("sha512"),
        .. MountCases.All("sha256"),
        .. MountCases.All("sha512"),
        .. RangeCases.All("sha256"),
        .. RangeCases.All("sha512"),
        .. ManifestCases.All,
        .. TagCases.All,
        .. ReferrerCases.All,
    ];

    public static ConformanceCase Get(string name) => All.Single(found => found.Name == name);

    /// <summary>Runs it against a registry.</summary>
    public Task CheckAsync(HttpClient http) => Check(new Wire(http, $"conformance/{Guid.NewGuid():N}"));
}
