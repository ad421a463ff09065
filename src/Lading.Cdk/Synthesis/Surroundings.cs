using Lading.Apps;

namespace Lading.Cdk.Synthesis;

/// <summary>What a synthesis takes from the process that it runs in.</summary>
/// <param name="Folder">The working directory, which for the CDK command line is the folder of <c>cdk.json</c>.</param>
/// <param name="Variable">Gives the value of an environment variable; null if it is not set.</param>
internal sealed record Surroundings(string Folder, Func<string, string?> Variable)
{
    /// <summary>What HEAD gives, if it is not to be read from git; null otherwise.</summary>
    public HeadIdentities? Head { get; init; }

    public static Surroundings OfProcess() =>
        new(Directory.GetCurrentDirectory(), System.Environment.GetEnvironmentVariable);
}
