namespace Lading.Testing.Cloud.Ecs;

/// <summary>A registered task definition of a <see cref="TestEcs"/>.</summary>
internal sealed record EcsTaskDefinition(
    string Arn,
    string Family,
    int Revision,
    IReadOnlyDictionary<string, string> Images
)
{
    /// <summary>Inactive ones can be described still (Amazon ECS developer guide, "Deregistering a task definition revision").</summary>
    public bool IsActive { get; set; } = true;

    /// <summary><c>X86_64</c> or <c>ARM64</c>; null if it does not say, which is the first on Fargate (API, RuntimePlatform).</summary>
    public string? Architecture { get; init; }
}
