using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Lading.Processes;
using Lading.Testing;

namespace Lading.Tests.Retention.Model;

/// <summary>The result of a long run, written to the file in <c>LADING_SOAK_RESULTS</c>, which is committed.</summary>
/// <param name="limit">The length of the run, and its first seed.</param>
/// <param name="lived">The number of histories.</param>
/// <param name="steps">The number of steps of each history.</param>
/// <param name="tally">The events of all histories.</param>
internal sealed class ModelResult(SoakLimit limit, int lived, int steps, ModelTally tally)
{
    public string Summary =>
        FormattableString.Invariant(
            $"{lived:N0} histories: {tally[ModelEvent.Build]:N0} images built, {tally[ModelEvent.Deployment]:N0} releases, {tally[ModelEvent.Plan]:N0} plans, {tally[ModelEvent.Mark]:N0} images marked, {tally[ModelEvent.Deletion]:N0} deleted, none of them in use"
        );

    /// <summary>Writes the file, if there is a name for it.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable("LADING_SOAK_RESULTS") is { Length: > 0 } file)
        {
            await File.WriteAllTextAsync(file, await TextAsync(cancellationToken), cancellationToken);
        }
    }

    private async Task<string> TextAsync(CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"""
            # The long run of clean-up

            Written by `./build soak`. [docs/cleanup.md](../docs/cleanup.md#what-is-kept-and-why) says what
            happens in a history; `PruningAtRandom` is the test.

            {lived:N0} histories of {steps} steps, from seed {limit.Seed}, at commit
            `{await CommitAsync(cancellationToken)}`,
            in {limit.Elapsed.TotalSeconds:N0} s on {Environment.ProcessorCount} cores ({RuntimeInformation.ProcessArchitecture}).
            No image was deleted, or planned to be, that was in use, that one might go back to, or that an image
            in use needs. This repeats the run:

            ```
            LADING_SOAK_SEED={limit.Seed} ./build soak {lived} PruningAtRandom
            ```

            | what happened | times |
            |---|---:|

            """
        );
        foreach (var (happened, name) in ModelTally.Events)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {tally[happened]:N0} |\n");
        }

        return text.ToString();
    }

    /// <summary>The tested commit, and whether the code has uncommitted changes.</summary>
    private static async Task<string> CommitAsync(CancellationToken cancellationToken)
    {
        var commit = await GitAsync("rev-parse", "HEAD");
        var changes = await GitAsync(
            "status",
            "--porcelain",
            "--",
            "src",
            "tests/Lading.Tests",
            "tests/Lading.Testing"
        );
        return changes.Length == 0 ? commit : $"{commit}, with changes";

        async Task<string> GitAsync(params IReadOnlyList<string> arguments)
        {
            var call = new ProgramCall("git", arguments) { WorkingDirectory = SourceTree.Root };
            var result = await ProgramRunner.RunAsync(call, ReadOnlyMemory<byte>.Empty, cancellationToken);
            return result.Text.Trim();
        }
    }
}
