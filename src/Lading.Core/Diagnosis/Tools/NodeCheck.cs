using System.Globalization;

namespace Lading.Diagnosis.Tools;

/// <summary>Whether cdk and jsii support the installed Node.</summary>
internal sealed class NodeCheck(ExaminedMachine machine) : IHealthCheck
{
    /// <summary>The oldest that aws-cdk 2 starts on (its package.json, "engines").</summary>
    private const int Oldest = 18;

    /// <summary>The releases that jsii supports, and when each ends (jsii, "User Guides", "Common Runtime"; Node's release schedule).</summary>
    private static readonly Dictionary<int, DateOnly> Ends = new()
    {
        [18] = new(2025, 4, 30),
        [20] = new(2026, 4, 30),
        [22] = new(2027, 4, 30),
        [24] = new(2028, 4, 30),
        [26] = new(2029, 4, 30),
    };

    public string Name => DoctorCheck.Node;

    public async Task<IReadOnlyList<HealthFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var answer = await machine.AskAsync("node", ["--version"], cancellationToken).ConfigureAwait(false);
        var today = UtcDay.Of(machine.Time.GetUtcNow());
        return [Decide(answer?.Text, machine.App is not null, today)];
    }

    /// <param name="output">The output of <c>node --version</c>; null if there is no Node.</param>
    /// <param name="isNeeded">Whether there is a CDK app.</param>
    /// <param name="today">The day.</param>
    public static HealthFinding Decide(string? output, bool isNeeded, DateOnly today)
    {
        if (output is null)
        {
            return isNeeded
                ? HealthFinding.Broken(
                    "Node is not on the PATH, and cdk and jsii run on it",
                    $"install Node {Current(today)}"
                )
                : HealthFinding.Fine("no Node, and no CDK app that needs it");
        }

        if (ProgramVersion.Find(output) is not { } version)
        {
            return HealthFinding.Unknown($"node does not report its version: {output.Split('\n')[0]}");
        }

        if (version.Major < Oldest)
        {
            return HealthFinding.Broken(
                $"Node {version} is older than {Oldest}, the oldest that cdk starts on",
                $"install Node {Current(today)}"
            );
        }

        if (Ends.TryGetValue(version.Major, out var end))
        {
            return end < today
                ? HealthFinding.Warning(
                    $"Node {version} has had no security fixes since {UtcText.Day(end)}, and jsii warns at each start",
                    $"install Node {Current(today)}, or set JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION={version.Major}"
                )
                : HealthFinding.Fine($"Node {version}");
        }

        return version.Major % 2 == 0
            ? HealthFinding.Fine($"Node {version}")
            : HealthFinding.Warning(
                $"Node {version} is a release between two supported ones, which jsii does not test",
                $"install Node {Current(today)}"
            );
    }

    /// <summary>The oldest release that will still be supported in half a year.</summary>
    private static int Current(DateOnly today) =>
        Ends.Where(release => release.Value > today.AddMonths(6))
            .Select(release => release.Key)
            .DefaultIfEmpty(26)
            .Min();
}
