using Lading.Apps;

namespace Lading.Cdk.Synthesis;

/// <summary>What synthesis reads from its process.</summary>
/// <param name="Folder">The working directory, which for the CDK command line is the folder of <c>cdk.json</c>.</param>
/// <param name="Variable">Returns the value of an environment variable; null if it is unset.</param>
internal sealed record Surroundings(string Folder, Func<string, string?> Variable)
{
    /// <summary>The images at HEAD; null to read them from git.</summary>
    public HeadIdentities? Head { get; init; }

    public static Surroundings OfProcess() =>
        new(Directory.GetCurrentDirectory(), System.Environment.GetEnvironmentVariable);
}
